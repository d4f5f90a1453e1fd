internal import Datasets

/// As an experiment file says it; keys are left out where they say nothing new. Columns are a list,
/// since their order counts.
extension FileSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case training
    case test
    case trainingExamples = "training_examples"
    case testExamples = "test_examples"
    case shape
    case classes
    case users
    case bounds
    case columns
    case missingMarks = "missing_marks"
    case delimiter
    case header
    case skippedLines = "skipped_lines"
    case trimSpaces = "trim_spaces"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(FilesFields(dataset.training), forKey: .training)
    try fields.encodeIfPresent(dataset.test.map(FilesFields.init), forKey: .test)
    try fields.encode(dataset.trainingExampleCount, forKey: .trainingExamples)
    try fields.encode(dataset.testExampleCount, forKey: .testExamples)
    try fields.encode(shape.sides, forKey: .shape)
    switch dataset.training {
    case .table(_, let schema):
      try fields.encode(columns.map { [$0.name: RoleFields($0.role)] }, forKey: .columns)
      if schema.missingMarks != [""] {
        try fields.encode(schema.missingMarks.sorted(), forKey: .missingMarks)
      }
      let dialect = schema.dialect
      if dialect.delimiter != UInt8(ascii: ",") {
        try fields.encode(String(UnicodeScalar(dialect.delimiter)), forKey: .delimiter)
      }
      if !dialect.hasHeader { try fields.encode(false, forKey: .header) }
      if dialect.skippedLines > 0 { try fields.encode(dialect.skippedLines, forKey: .skippedLines) }
      if dialect.trimsSpaces { try fields.encode(true, forKey: .trimSpaces) }
    case .arrays(_, let schema), .leaf(_, let schema):
      try fields.encode(schema.classCount, forKey: .classes)
      try fields.encodeIfPresent(schema.userCount, forKey: .users)
      try fields.encodeIfPresent(schema.bounds?.ends, forKey: .bounds)
    }
  }
}

/// A path, or an archive and names in it.
private struct FilesFields: Encodable {
  let files: ExampleFiles

  init(_ files: ExampleFiles) { self.files = files }

  private struct Arrays: Encodable {
    let archive: String?
    let features: String
    let labels: String
    let users: String?
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch files {
    case .table(let path, _), .leaf(let path, _): try value.encode(path)
    case .arrays(let files, _):
      try value.encode(
        Arrays(
          archive: files.archive, features: files.features, labels: files.labels,
          users: files.users))
    }
  }
}

private struct RoleFields: Encodable {
  let role: TableColumn.Role

  init(_ role: TableColumn.Role) { self.role = role }

  private enum CodingKeys: String, CodingKey {
    case number
    case category
    case label
    case user
    case missing
  }

  private struct Missing<Value: Encodable>: Encodable {
    let value: Value
    let indicator: Bool
  }

  func encode(to encoder: any Encoder) throws {
    if case .ignored = role {
      var value = encoder.singleValueContainer()
      return try value.encode("ignored")
    }
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch role {
    case .number(let bounds, let missing):
      try fields.encode(bounds.ends, forKey: .number)
      try fields.encodeIfPresent(
        missing.map { Missing(value: $0.value, indicator: $0.isIndicated) }, forKey: .missing)
    case .category(let categories, let missing):
      try fields.encode(categories.names, forKey: .category)
      try fields.encodeIfPresent(
        missing.map { Missing(value: $0.value, indicator: $0.isIndicated) }, forKey: .missing)
    case .label(let classes): try fields.encode(classes.names, forKey: .label)
    case .user(let count): try fields.encode(count, forKey: .user)
    case .ignored: break
    }
  }
}

extension ExampleShape {
  fileprivate var sides: [Int] {
    if height == 1 && width == 1 { return [channels] }
    return channels == 1 ? [height, width] : [height, width, channels]
  }
}

extension ClosedRange<Double> {
  fileprivate var ends: [Double] { [lowerBound, upperBound] }
}
