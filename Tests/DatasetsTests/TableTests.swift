import LinearAlgebra
import Testing

@testable import Datasets

struct TableTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  static let columns = [
    TableColumn("age", .number(0...100)),
    TableColumn(
      "work", .category(["private", "state"], missing: .init("state", isIndicated: true))),
    TableColumn("income", .label(NamedValues([["<=50K", "<=50K."], [">50K"]]))),
    TableColumn("weight", .ignored),
    TableColumn("gain", .number(-1...1, missing: .init(0.5, isIndicated: true))),
  ]

  func read(
    _ text: String, columns: [TableColumn] = Self.columns, hasHeader: Bool = true,
    exampleCount: Int? = nil
  ) throws -> Table {
    let path = try folder.write(Array(text.utf8), as: "table.csv")
    return try Table(
      path: path,
      schema: TableSchema(
        columns: columns, dialect: TableDialect(hasHeader: hasHeader), missingMarks: ["", "?"]),
      exampleCount: exampleCount)
  }

  @Test func encodesRowsInTheOrderOfTheSchema() throws {
    let table = try read(
      """
      income,gain,age,weight,work
      <=50K,-1,25,x,private
      >50K,0.5,150,,state
      <=50K.,?,-3,?,?
      """, exampleCount: 3)
    let expected: [Float] = [
      0.25, 1, 0, 0, 0, 0,
      1, 0, 1, 0, 0.75, 0,
      0, 0, 1, 1, 0.75, 1,
    ]
    #expect(table.examples.features == .floats(expected))
    #expect(table.examples.labels == [0, 1, 0])
    #expect(table.examples.featureCount == 6)
    #expect(table.examples.classCount == 2)
    #expect(table.examples.owners == nil)
    #expect(table.examples.ownerCount == 0)
  }

  @Test func readsColumnsInOrderWithoutAHeader() throws {
    let table = try read("50,private,>50K,,0\n\n\n", hasHeader: false)
    #expect(table.examples.features == .floats([0.5, 1, 0, 0, 0.5, 0]))
    #expect(table.examples.labels == [1])
  }

  @Test func takesAMarkForTheCategoryThatItIs() throws {
    let columns = [
      TableColumn("work", .category(["?", "a"])), TableColumn("class", .label(["", "b"])),
    ]
    let table = try read("work,class\n?,b\na,\n", columns: columns)
    #expect(table.examples.features == .floats([1, 0, 0, 1]))
    #expect(table.examples.labels == [1, 0])
  }

  @Test func numbersUsersByTheirFirstRows() throws {
    let table = try read(
      "who,x,y\nzoe,0,0\nanna,0,1\nzoe,1,1\nbob,1,0\nanna,1,0", columns: Self.owned)
    #expect(table.examples.owners == [0, 1, 0, 2, 1])
    #expect(table.examples.ownerCount == 3)
  }

  @Test(arguments: ["1", "+1", "1.0", "1.", "01", "1e0", "10E-1", ".1e1"])
  func readsDecimalNumbers(text: String) throws {
    let table = try read("\(text),private,>50K,,0", hasHeader: false)
    #expect(table.examples.features == .floats([0.01, 1, 0, 0, 0.5, 0]))
  }

  static let header = "age,work,income,weight,gain\n"

  @Test(
    arguments: [
      (header + "1,state,>50K,0\n", .fieldCount(expected: 5, found: 4), 2, nil),
      (header + "1,state,>50K,0,0,0\n", .fieldCount(expected: 5, found: 6), 2, nil),
      (
        header + "1,state,>50K,0,0\n\n1,state,>50K,0,0\n", .fieldCount(expected: 5, found: 1), 3,
        nil
      ),
      (header + "1,state,?,0,0\n", .missingLabel, 2, "income"),
      (header + "1,state,50K,0,0\n", .unknownLabel("50K", known: ["<=50K", ">50K"]), 2, "income"),
      (
        header + "1,State,>50K,0,0\n", .unknownCategory("State", known: ["private", "state"]), 2,
        "work"
      ),
      (header + "1,state,>50K,0,0\n,state,>50K,0,0", .missingValue, 3, "age"),
      (header + "1,state,>50K,\"\n\n\",0\n1,state,>50K,0,x", .notANumber("x"), 5, "gain"),
      ("age,work,income,age,gain\n", .repeatedColumn, 1, "age"),
      (
        "age,work,income,gain\n", .absentColumn(header: ["age", "work", "income", "gain"]), 1,
        "weight"
      ),
      ("age,work,income,weight,gain,more\n", .undeclaredColumn, 1, "more"),
    ] as [(String, TableError.Problem, Int?, String?)])
  func namesThePlaceOfAFault(
    text: String, problem: TableError.Problem, line: Int?, column: String?
  ) throws {
    #expect(
      throws: DatasetError.table(
        TableError(problem, path: "\(folder.path)/table.csv", line: line, column: column))
    ) {
      try read(text, exampleCount: 2)
    }
  }

  @Test(arguments: ["nan", "inf", "-infinity", "0x1p3", "1e999", " 1", "1,5", "--1", "e", ".", "١"])
  func refusesWhatIsNoFiniteDecimalNumber(text: String) throws {
    #expect(
      throws: DatasetError.table(
        TableError(.notANumber(text), path: "\(folder.path)/table.csv", line: 1, column: "age"))
    ) {
      try read("\"\(text)\",private,>50K,,0", hasHeader: false)
    }
  }

  @Test(arguments: ["", header, "\n\n"])
  func refusesAFileWithoutRows(text: String) throws {
    #expect(throws: DatasetError.noExamples(path: "\(folder.path)/table.csv")) {
      try read(text, hasHeader: text != "\n\n")
    }
  }

  @Test(arguments: [1, 3])
  func refusesAnotherNumberOfRowsThanDeclared(count: Int) throws {
    #expect(
      throws: DatasetError.exampleCountMismatch(
        path: "\(folder.path)/table.csv", declared: count, found: 2)
    ) {
      try read("1,state,>50K,,0\n1,state,>50K,,0\n", hasHeader: false, exampleCount: count)
    }
  }

  static let owned = [
    TableColumn("who", .user(count: 3)), TableColumn("x", .number(0...1)),
    TableColumn("y", .label(["0", "1"])),
  ]

  @Test(arguments: [["a", "b"], ["a", "b", "c", "d"]])
  func refusesAnotherNumberOfUsersThanDeclared(users: [String]) throws {
    #expect(
      throws: DatasetError.userCountMismatch(
        path: "\(folder.path)/table.csv", declared: 3, found: users.count)
    ) {
      try read(users.map { "\($0),0,0\n" }.joined(), columns: Self.owned, hasHeader: false)
    }
  }

  @Test func refusesARowOfNobody() throws {
    #expect(
      throws: DatasetError.table(
        TableError(.missingUser, path: "\(folder.path)/table.csv", line: 2, column: "who"))
    ) {
      try read("a,0,0\n?,0,0\n", columns: Self.owned, hasHeader: false)
    }
  }

  @Test func readsNoUsersWhereItIgnoresThem() throws {
    let path = try folder.write(Array("a,0,0\n".utf8), as: "table.csv")
    let schema = try TableSchema(columns: Self.owned, dialect: TableDialect(hasHeader: false))
    let examples = try Table(path: path, schema: schema.ignoringUsers).examples
    #expect(examples.owners == nil)
    #expect(examples.exampleCount == 1)
  }

  @Test func sumsThePlainBytesHoweverTheyArePacked() throws {
    let text = "0.5,0\n1,1\n"
    let schema = try TableSchema(
      columns: [TableColumn("x", .number(0...1)), TableColumn("y", .label(["0", "1"]))],
      dialect: TableDialect(hasHeader: false))
    for bytes in [Array(text.utf8), gzip(Array(text.utf8))] {
      let table = try Table(path: try folder.write(bytes, as: "table.csv"), schema: schema)
      // printf '0.5,0\n1,1\n' | sha256sum
      #expect(table.sha256 == "ebad770cb3cda05634d465a41c76d7795e078b9dd83317ea4182bc6be04b678c")
    }
  }
}
