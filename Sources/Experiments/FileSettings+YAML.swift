internal import Datasets
internal import Yams

extension DatasetSource {
  static let keys = ["name", "csv", "npz", "leaf"]

  init(_ reader: SettingsReader) throws(ExperimentError) {
    let given = Self.keys.filter(reader.contains)
    guard given.count <= 1 else {
      throw reader.problem(
        .inconsistent(reason: "a data set has one source; remove \(given[0]) or this"),
        at: given[1])
    }
    switch given.first {
    case "csv": self = .files(try FileSettings(csv: try reader.reader("csv")))
    case "npz": self = .files(try FileSettings(npz: try reader.reader("npz")))
    case "leaf": self = .files(try FileSettings(leaf: try reader.reader("leaf")))
    default: self = .known(try reader.choice("name"))
    }
  }
}

extension FileSettings {
  private static let common = ["training", "test", "training_examples", "test_examples", "shape"]

  fileprivate init(csv reader: SettingsReader) throws(ExperimentError) {
    try reader.expectOnly(Self.common + ["columns", "missing_marks"] + TableDialect.keys)
    let columns = try ColumnSettings.all(of: try reader.reader("columns"))
    let schema = try TableSchema(reader, columns: columns)
    let training = try reader.path("training")
    let test = reader.contains("test") ? try reader.path("test") : nil
    let shape =
      reader.contains("shape") ? try ExampleShape(reader) : .features(schema.featureCount)
    guard shape.featureCount == schema.featureCount else {
      throw reader.problem(
        .inconsistent(
          reason: "the columns make \(schema.featureCount) features, not \(shape.featureCount)"),
        at: "shape")
    }
    self.init(
      dataset: try FileDataset(
        reader, training: .table(path: training, schema),
        test: test.map { .table(path: $0, schema) }),
      shape: shape, columns: columns)
  }

  fileprivate init(npz reader: SettingsReader) throws(ExperimentError) {
    try reader.expectOnly(Self.common + ExampleSchema.keys)
    let schema = try ExampleSchema(reader)
    let training = try ArrayFiles(reader, at: "training", hasUsers: schema.userCount != nil)
    let test =
      reader.contains("test") ? try ArrayFiles(reader, at: "test", hasUsers: false) : nil
    self.init(
      dataset: try FileDataset(
        reader, training: .arrays(training, schema), test: test.map { .arrays($0, schema) }),
      shape: schema.shape, columns: [])
  }

  fileprivate init(leaf reader: SettingsReader) throws(ExperimentError) {
    try reader.expectOnly(Self.common + ExampleSchema.keys)
    let schema = try ExampleSchema(reader)
    let training = try reader.path("training")
    let test = reader.contains("test") ? try reader.path("test") : nil
    self.init(
      dataset: try FileDataset(
        reader, training: .leaf(path: training, schema),
        test: test.map { .leaf(path: $0, schema) }),
      shape: schema.shape, columns: [])
  }
}

extension FileDataset {
  /// So that both kinds of examples in one file can still be numbered by 32 bits.
  private static let exampleCounts = 1...1_000_000_000

  fileprivate init(
    _ reader: SettingsReader, training: ExampleFiles, test: ExampleFiles?
  ) throws(ExperimentError) {
    self.init(
      training: training, test: test,
      trainingExampleCount: try reader.integer("training_examples", in: Self.exampleCounts),
      testExampleCount: try reader.integer("test_examples", in: Self.exampleCounts))
  }
}

extension ExampleShape {
  /// Reads `[feature]`, `[row, column]` or `[row, column, channel]`.
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    let sides = try reader.integers("shape", in: 1...65536)
    switch sides.count {
    case 1: self = .features(sides[0])
    case 2: self.init(height: sides[0], width: sides[1], channels: 1)
    case 3: self.init(height: sides[0], width: sides[1], channels: sides[2])
    default:
      throw reader.problem(
        .outOfRange(
          allowed: "[features], [rows, columns] or [rows, columns, channels]",
          found: "\(sides.count) numbers"),
        at: "shape")
    }
    guard featureCount <= 1 << 24 else {
      throw reader.problem(
        .outOfRange(allowed: "at most 2^24 features in all", found: "\(featureCount)"), at: "shape")
    }
  }
}

extension ExampleSchema {
  fileprivate static let keys = ["classes", "users", "bounds"]

  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    self.init(
      shape: try ExampleShape(reader),
      classCount: try reader.integer("classes", in: 2...256),
      userCount: reader.contains("users")
        ? try reader.integer("users", in: 1...Int(Int32.max)) : nil,
      bounds: reader.contains("bounds") ? try reader.bounds("bounds") : nil)
  }
}

extension ArrayFiles {
  /// Reads the path of an archive whose arrays have the usual names, or an archive and names in it, or
  /// three paths.
  fileprivate init(
    _ reader: SettingsReader, at key: String, hasUsers: Bool
  ) throws(ExperimentError) {
    guard case .mapping = try reader.node(key) else {
      self.init(
        archive: try reader.path(key), features: "features", labels: "labels",
        users: hasUsers ? "users" : nil)
      return
    }
    let arrays = try reader.reader(key)
    try arrays.expectOnly(["archive", "features", "labels"] + (hasUsers ? ["users"] : []))
    self.init(
      archive: arrays.contains("archive") ? try arrays.path("archive") : nil,
      features: try arrays.path("features"), labels: try arrays.path("labels"),
      users: hasUsers ? try arrays.path("users") : nil)
  }
}

extension TableDialect {
  fileprivate static let keys = ["delimiter", "header", "skipped_lines", "trim_spaces"]

  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    let delimiter = reader.contains("delimiter") ? try reader.string("delimiter") : ","
    let hasHeader = reader.contains("header") ? try reader.flag("header") : true
    let skippedLines =
      reader.contains("skipped_lines")
      ? try reader.integer("skipped_lines", in: 0...1_000_000) : 0
    let trimsSpaces = reader.contains("trim_spaces") ? try reader.flag("trim_spaces") : false
    guard delimiter.count == 1, let character = delimiter.first else {
      throw reader.problem(
        .outOfRange(allowed: "one character", found: "\"\(delimiter)\""), at: "delimiter")
    }
    do throws(DatasetError) {
      try self.init(
        delimiter: character, hasHeader: hasHeader, skippedLines: skippedLines,
        trimsSpaces: trimsSpaces)
    } catch {
      throw reader.problem(.inconsistent(reason: error.reason), at: "delimiter")
    }
  }
}

extension TableSchema {
  /// Errors name the column as the experiment does.
  fileprivate init(
    _ reader: SettingsReader, columns: [ColumnSettings]
  ) throws(ExperimentError) {
    let dialect = try TableDialect(reader)
    let marks = reader.contains("missing_marks") ? try reader.texts("missing_marks") : [""]
    let columnsReader = try reader.reader("columns")
    var named: [(column: TableColumn, key: String)] = []
    for settings in columns {
      guard let columns = settings.columns else {
        throw columnsReader.problem(
          .outOfRange(
            allowed: "a run of 1 to 65536 columns, such as pixel0..pixel783",
            found: "\"\(settings.name)\""),
          at: settings.name)
      }
      named += columns.map { ($0, settings.name) }
    }
    do throws(DatasetError) {
      try self.init(
        columns: named.map(\.column), dialect: dialect, missingMarks: Set(marks))
    } catch {
      guard case .tableSchema(let name?, let reason) = error,
        let key = named.last(where: { $0.column.name == name })?.key
      else { throw reader.problem(.inconsistent(reason: error.reason), at: "columns") }
      throw columnsReader.problem(.inconsistent(reason: reason), at: key)
    }
  }
}

extension DatasetError {
  fileprivate var reason: String {
    if case .tableSchema(_, let reason) = self { reason } else { description }
  }
}

extension ColumnSettings {
  /// In the order of the file.
  fileprivate static func all(
    of reader: SettingsReader
  ) throws(ExperimentError) -> [ColumnSettings] {
    var columns: [ColumnSettings] = []
    for key in reader.mapping.keys {
      let name = key.string ?? describe(key)
      columns.append(ColumnSettings(name: name, role: try TableColumn.Role(reader, at: name)))
    }
    return columns
  }
}

extension TableColumn.Role {
  private static let choices = [
    "{number: [0, 100]}", "{category: [red, green]}", "{label: [no, yes]}", "{user: 4}", "ignored",
  ]
  private static let kinds = ["number", "category", "label", "user"]

  fileprivate init(_ reader: SettingsReader, at name: String) throws(ExperimentError) {
    guard case .mapping = try reader.node(name) else {
      let word = try reader.string(name)
      guard word == "ignored" else {
        throw reader.unknownChoice(word, choices: Self.choices, at: name)
      }
      self = .ignored
      return
    }
    let column = try reader.reader(name)
    try column.expectOnly(Self.kinds + ["missing"])
    let kinds = Self.kinds.filter(column.contains)
    guard kinds.count == 1 else {
      throw reader.problem(
        .inconsistent(
          reason: "a column is one of these: \(Self.choices.joined(separator: ", "))"),
        at: name)
    }
    let substitute = column.contains("missing") ? try SubstituteReader(column) : nil
    switch kinds[0] {
    case "number":
      self = .number(
        try column.bounds("number"),
        missing: try substitute.map { reader throws(ExperimentError) in
          .init(
            try reader.reader.number(reader.key, in: .finite), isIndicated: reader.isIndicated)
        })
    case "category":
      self = .category(
        NamedValues(try column.names("category")),
        missing: try substitute.map { reader throws(ExperimentError) in
          .init(try reader.reader.string(reader.key), isIndicated: reader.isIndicated)
        })
    case let kind:
      guard substitute == nil else {
        throw column.problem(
          .inconsistent(reason: "nothing stands in for a \(kind); remove this key"),
          at: "missing")
      }
      self =
        kind == "label"
        ? .label(NamedValues(try column.names("label")))
        : .user(count: try column.integer("user", in: 1...Int(Int32.max)))
    }
  }
}

/// Where `missing: 40` or `missing: {value: 40, indicator: true}` says what stands in.
private struct SubstituteReader {
  let reader: SettingsReader
  let key: String
  let isIndicated: Bool

  init(_ column: SettingsReader) throws(ExperimentError) {
    guard case .mapping = try column.node("missing") else {
      reader = column
      key = "missing"
      isIndicated = false
      return
    }
    reader = try column.reader("missing")
    key = "value"
    try reader.expectOnly(["value", "indicator"])
    isIndicated = reader.contains("indicator") ? try reader.flag("indicator") : false
  }
}

extension SettingsReader {
  /// The path of a file, or the name of what it holds.
  fileprivate func path(_ key: String) throws(ExperimentError) -> String {
    let path = try string(key)
    guard !path.isEmpty else {
      throw problem(.outOfRange(allowed: "a name", found: "\"\""), at: key)
    }
    return path
  }

  /// Two numbers that values are clipped to. They are never read from the data: that would be a release
  /// of the smallest and largest value, to which no noise is added.
  fileprivate func bounds(_ key: String) throws(ExperimentError) -> ClosedRange<Double> {
    if try node(key).string == "from_data" {
      throw problem(
        .inconsistent(
          reason: "bounds read from the data are a release without noise, which no epsilon covers; "
            + "declare two numbers that are known without the data, such as [0, 120]"),
        at: key)
    }
    let ends = try numbers(key, in: .finite)
    guard ends.count == 2, ends[0] < ends[1], (ends[1] - ends[0]).isFinite else {
      throw problem(
        .outOfRange(
          allowed: "two numbers, the lower one first",
          found: "[\(ends.map { "\($0)" }.joined(separator: ", "))]"),
        at: key)
    }
    return ends[0]...ends[1]
  }

  /// A list of texts, however they are written.
  fileprivate func texts(_ key: String) throws(ExperimentError) -> [String] {
    try names(key).map { names throws(ExperimentError) in
      guard names.count == 1 else {
        throw problem(.wrongType(expected: "a text", found: "a list"), at: key)
      }
      return names[0]
    }
  }

  /// A list of texts, or of lists of texts with the same meaning.
  fileprivate func names(_ key: String) throws(ExperimentError) -> [[String]] {
    try sequence(key).map { node throws(ExperimentError) in
      let nodes = if case .sequence(let sequence) = node { Array(sequence) } else { [node] }
      return try nodes.map { node throws(ExperimentError) in
        guard case .scalar(let scalar) = node else {
          throw problem(
            .wrongType(expected: "a text or a list of texts", found: describe(node)), at: key,
            line: node.mark?.line)
        }
        return scalar.string
      }
    }
  }
}
