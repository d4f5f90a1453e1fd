import LinearAlgebra

/// A table of text as examples, and what it was read from.
public struct Table: Sendable {
  /// Features are floats from 0 to 1, in the order of the schema's columns. Owners, where a column
  /// says whose a row is, are numbered in the order of their first rows.
  public let examples: LabeledExamples

  /// Of the file's bytes, unpacked.
  public let sha256: String

  /// Reads the file at `path`, plain or packed by gzip.
  ///
  /// - Parameter exampleCount: how many rows are declared; nil where no release rests on it.
  /// - Throws: ``DatasetError/table(_:)`` with the line and the column, what reading a file throws, or
  ///   an error that says which count is not as declared.
  public init(path: String, schema: TableSchema, exampleCount: Int? = nil) throws(DatasetError) {
    var records = try DelimitedRecords(path: path, dialect: schema.dialect)
    var rows = try TableRows(schema, records: &records, path: path)
    // Lines with nothing in them may end a file, and stand nowhere else.
    var emptyLine: Int?
    while let record = try records.record() {
      if record.values == [""], rows.fieldCount > 1 {
        emptyLine = emptyLine ?? record.line
        continue
      }
      if let emptyLine { try rows.append([""], line: emptyLine) }
      try rows.append(record.values, line: record.line)
    }
    examples = try rows.examples(declared: exampleCount)
    sha256 = try records.sha256()
  }
}

/// The rows of a table while they are read.
private struct TableRows {
  let fieldCount: Int
  private let schema: TableSchema
  private let path: String
  /// Where each column stands in a record.
  private let places: [Int]
  private var features: [Float] = []
  private var labels: [UInt8] = []
  private var owners: [Int32] = []
  private var users = UserNumbers<String>()

  /// Reads the header where there is one.
  init(
    _ schema: TableSchema, records: inout DelimitedRecords, path: String
  ) throws(DatasetError) {
    self.schema = schema
    self.path = path
    guard schema.dialect.hasHeader else {
      places = Array(schema.columns.indices)
      fieldCount = places.count
      return
    }
    guard let header = try records.record() else { throw .noExamples(path: path) }
    func fault(_ problem: TableError.Problem, _ column: String) -> DatasetError {
      .table(TableError(problem, path: path, line: header.line, column: column))
    }
    var placeOfName: [String: Int] = [:]
    for (place, name) in header.values.enumerated()
    where placeOfName.updateValue(place, forKey: name) != nil {
      throw fault(.repeatedColumn, name)
    }
    var places: [Int] = []
    for column in schema.columns {
      guard let place = placeOfName.removeValue(forKey: column.name) else {
        throw fault(.absentColumn(header: header.values), column.name)
      }
      places.append(place)
    }
    if let undeclared = header.values.first(where: { placeOfName[$0] != nil }) {
      throw fault(.undeclaredColumn, undeclared)
    }
    self.places = places
    fieldCount = header.values.count
  }

  mutating func append(_ values: [String], line: Int) throws(DatasetError) {
    guard values.count == fieldCount else {
      throw .table(
        TableError(
          .fieldCount(expected: fieldCount, found: values.count), path: path, line: line))
    }
    for (column, place) in zip(schema.columns, places) {
      do throws(Fault) {
        try append(values[place], as: column.role)
      } catch {
        throw .table(
          TableError(error.problem, path: path, line: line, column: column.name))
      }
    }
  }

  func examples(declared exampleCount: Int?) throws(DatasetError) -> LabeledExamples {
    guard !labels.isEmpty else { throw .noExamples(path: path) }
    if let exampleCount, exampleCount != labels.count {
      throw .exampleCountMismatch(path: path, declared: exampleCount, found: labels.count)
    }
    if let userCount = schema.userCount, userCount != users.count {
      throw .userCountMismatch(path: path, declared: userCount, found: users.count)
    }
    return LabeledExamples(
      features: .floats(features), labels: labels, featureCount: schema.featureCount,
      classCount: schema.classCount, owners: schema.userCount == nil ? nil : owners,
      ownerCount: schema.userCount ?? 0)
  }

  private struct Fault: Error {
    let problem: TableError.Problem
    init(_ problem: TableError.Problem) { self.problem = problem }
  }

  private mutating func append(_ text: String, as role: TableColumn.Role) throws(Fault) {
    let isMissing = schema.missingMarks.contains(text)
    switch role {
    case .number(let bounds, let substitute):
      let value: Double
      if isMissing {
        guard let substitute else { throw Fault(.missingValue) }
        value = substitute.value
      } else {
        guard let number = decimalNumber(text) else { throw Fault(.notANumber(text)) }
        value = number
      }
      features.append(bounds.scale(value))
      if substitute?.isIndicated == true { features.append(isMissing ? 1 : 0) }
    case .category(let categories, let substitute):
      let known = categories.position(of: text)
      guard let category = known ?? substitute.flatMap({ categories.position(of: $0.value) }),
        known != nil || isMissing
      else {
        throw Fault(
          isMissing ? .missingValue : .unknownCategory(text, known: categories.firstNames))
      }
      for position in 0..<categories.count { features.append(position == category ? 1 : 0) }
      if substitute?.isIndicated == true { features.append(known == nil ? 1 : 0) }
    case .label(let classes):
      guard let label = classes.position(of: text) else {
        throw Fault(isMissing ? .missingLabel : .unknownLabel(text, known: classes.firstNames))
      }
      labels.append(UInt8(label))
    case .user:
      guard !isMissing else { throw Fault(.missingUser) }
      owners.append(users.number(of: text))
    case .ignored: break
    }
  }
}

/// A finite number in decimal digits; nil for anything else, such as `nan`, `inf` or `0x10`.
private func decimalNumber(_ text: String) -> Double? {
  let isDecimal = text.utf8.allSatisfy { byte in
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
  }
  guard isDecimal, let number = Double(text), number.isFinite else { return nil }
  return number
}
