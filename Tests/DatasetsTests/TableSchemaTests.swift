import Testing

@testable import Datasets

struct TableSchemaTests {
  static let label = TableColumn("class", .label(["no", "yes"]))
  static let age = TableColumn("age", .number(0...100))

  @Test func countsTheFeaturesOfItsColumns() throws {
    let schema = try TableSchema(
      columns: [
        Self.age, Self.label, TableColumn("id", .user(count: 3)), TableColumn("note", .ignored),
        TableColumn("height", .number(0...2, missing: .init(1))),
        TableColumn("weight", .number(0...2, missing: .init(1, isIndicated: true))),
        TableColumn("sex", .category(["f", "m"])),
        TableColumn("work", .category(["a", "b", "c"], missing: .init("b", isIndicated: true))),
      ], dialect: TableDialect())
    #expect(schema.featureCount == 1 + 1 + 2 + 2 + 4)
    #expect(schema.classCount == 2)
    #expect(schema.userCount == 3)
  }

  @Test(
    arguments: [
      ([label], nil, "no column is a feature"),
      ([age], nil, "one column is the label"),
      ([age, label, TableColumn("other", .label(["a", "b"]))], nil, "declared 2"),
      (
        [age, label, TableColumn("a", .user(count: 1)), TableColumn("b", .user(count: 1))], nil,
        "declared 1 and 2"
      ),
      ([age, label, TableColumn("age", .ignored)], "age", "declared twice"),
      ([age, TableColumn("class", .label(["only"]))], "class", "2 to 256 classes"),
      (
        [age, TableColumn("class", .label(NamedValues([["a"], ["b", "a"]])))], "class",
        "\"a\" stands twice"
      ),
      ([age, label, TableColumn("id", .user(count: 0))], "id", "given 0"),
      ([TableColumn("age", .number(5...5)), label], "age", "differ"),
      ([TableColumn("age", .number(0 ... .infinity)), label], "age", "finite"),
      (
        [
          TableColumn(
            "age", .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)),
          label,
        ],
        "age", "finite"
      ),
      ([TableColumn("age", .number(0...1, missing: .init(2))), label], "age", "given 2.0"),
      ([TableColumn("age", .number(0...1, missing: .init(.nan))), label], "age", "given nan"),
      ([TableColumn("sex", .category([])), label], "sex", "given 0"),
      ([TableColumn("sex", .category(["f", "f"])), label], "sex", "\"f\" stands twice"),
      (
        [TableColumn("sex", .category(["f"], missing: .init("x"))), label], "sex", "given \"x\""
      ),
    ] as [([TableColumn], String?, String)])
  func refusesWhatMakesNoTable(columns: [TableColumn], column: String?, reason: String) throws {
    let error = try #require(throws: DatasetError.self) {
      try TableSchema(columns: columns, dialect: TableDialect())
    }
    guard case .tableSchema(column, let found) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(found.contains(reason))
  }

  @Test(arguments: ["\"", "\n", "\r", "é", "\r\n"] as [Character])
  func refusesADelimiterThatCannotBeOne(delimiter: Character) throws {
    #expect(throws: DatasetError.self) { try TableDialect(delimiter: delimiter) }
  }

  @Test(arguments: [" ", "\t"] as [Character])
  func trimsNoDelimiter(delimiter: Character) throws {
    _ = try TableDialect(delimiter: delimiter)
    #expect(throws: DatasetError.self) {
      try TableDialect(delimiter: delimiter, trimsSpaces: true)
    }
  }
}
