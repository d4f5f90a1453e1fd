/// What the columns of a table mean.
///
/// All of it is declared, nothing is read from the data: classes, categories, bounds and what stands
/// in for a missing value are public constants, so that how one row is encoded tells nothing of
/// another.
public struct TableSchema: Hashable, Sendable {
  /// In the order of the features. Where the file has no header, also the order of the file.
  public let columns: [TableColumn]

  public let dialect: TableDialect

  /// The texts that stand for no value. A text that a column declares as a class or category is that
  /// class or category nonetheless.
  public let missingMarks: Set<String>

  /// How many values a row becomes.
  public var featureCount: Int { columns.reduce(0) { $0 + $1.featureCount } }

  public var classCount: Int { classes.count }

  /// How many people, sites or devices the rows belong to; nil where no column says.
  public let userCount: Int?

  let classes: NamedValues

  /// - Throws: ``DatasetError/tableSchema(column:reason:)`` unless names are unique, one column is the
  ///   label with 2 to 256 classes, at most one is the user, at least one is a feature, bounds and
  ///   categories leave something to tell apart, and what stands in for a missing value is allowed.
  public init(
    columns: [TableColumn], dialect: TableDialect, missingMarks: Set<String> = [""]
  ) throws(DatasetError) {
    var names: Set<String> = []
    var labels: [NamedValues] = []
    var users: [Int] = []
    for column in columns {
      guard names.insert(column.name).inserted else {
        throw .tableSchema(column: column.name, reason: "is declared twice")
      }
      try column.check()
      switch column.role {
      case .label(let classes): labels.append(classes)
      case .user(let count): users.append(count)
      case .number, .category, .ignored: break
      }
    }
    guard labels.count == 1, users.count <= 1 else {
      throw .tableSchema(
        column: nil,
        reason: "one column is the label and at most one is the user; declared \(labels.count) "
          + "and \(users.count)")
    }
    self.columns = columns
    self.dialect = dialect
    self.missingMarks = missingMarks
    classes = labels[0]
    userCount = users.first
    guard featureCount > 0 else {
      throw .tableSchema(column: nil, reason: "no column is a feature")
    }
  }
}

extension TableSchema {
  /// The same, but for what it says of users.
  var ignoringUsers: TableSchema {
    TableSchema(
      columns: columns.map { column in
        if case .user = column.role { TableColumn(column.name, .ignored) } else { column }
      }, dialect: dialect, missingMarks: missingMarks, userCount: nil, classes: classes)
  }

  private init(
    columns: [TableColumn], dialect: TableDialect, missingMarks: Set<String>, userCount: Int?,
    classes: NamedValues
  ) {
    self.columns = columns
    self.dialect = dialect
    self.missingMarks = missingMarks
    self.userCount = userCount
    self.classes = classes
  }
}

/// One column of a table.
public struct TableColumn: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    /// Clipped to the bounds, then scaled so that they become 0 and 1.
    case number(ClosedRange<Double>, missing: Substitute<Double>? = nil)
    /// One feature a category: 1 for the row's own, 0 for the others. A substitute is one of the
    /// categories.
    case category(NamedValues, missing: Substitute<String>? = nil)
    case label(NamedValues)
    /// Who the row belongs to. `count` is how many there are.
    case user(count: Int)
    case ignored
  }

  /// What stands in for a missing value.
  public struct Substitute<Value: Hashable & Sendable>: Hashable, Sendable {
    public let value: Value
    /// Whether one feature more says that the value was missing (1) or not (0).
    public let isIndicated: Bool

    public init(_ value: Value, isIndicated: Bool = false) {
      self.value = value
      self.isIndicated = isIndicated
    }
  }

  public let name: String
  public let role: Role

  public init(_ name: String, _ role: Role) {
    self.name = name
    self.role = role
  }

  var featureCount: Int {
    switch role {
    case .number(_, let missing): missing?.isIndicated == true ? 2 : 1
    case .category(let categories, let missing):
      categories.count + (missing?.isIndicated == true ? 1 : 0)
    case .label, .user, .ignored: 0
    }
  }

  fileprivate func check() throws(DatasetError) {
    switch role {
    case .number(let bounds, let missing):
      guard bounds.isScale else {
        throw .tableSchema(
          column: name,
          reason: "its bounds must be finite and differ; given \(bounds.lowerBound) and "
            + "\(bounds.upperBound)")
      }
      if let missing, !bounds.contains(missing.value) {
        throw .tableSchema(
          column: name,
          reason: "the substitute for a missing value must lie within the bounds "
            + "\(bounds.lowerBound) and \(bounds.upperBound); given \(missing.value)")
      }
    case .category(let categories, let missing):
      try check(categories, count: 1...65536, of: "categories")
      if let missing, categories.position(of: missing.value) == nil {
        throw .tableSchema(
          column: name,
          reason: "the substitute for a missing value must be one of the categories; given "
            + "\"\(missing.value)\"")
      }
    case .label(let classes):
      try check(classes, count: 2...256, of: "classes")
    case .user(let count):
      guard (1...Int(Int32.max)).contains(count) else {
        throw .tableSchema(
          column: name, reason: "the number of users must be from 1 to 2^31 - 1; given \(count)")
      }
    case .ignored: break
    }
  }

  private func check(
    _ values: NamedValues, count: ClosedRange<Int>, of noun: String
  ) throws(DatasetError) {
    guard count.contains(values.count) else {
      throw .tableSchema(
        column: name,
        reason: "must have from \(count.lowerBound) to \(count.upperBound) \(noun); given "
          + "\(values.count)")
    }
    if let repeated = values.repeatedName {
      throw .tableSchema(column: name, reason: "\"\(repeated)\" stands twice among its \(noun)")
    }
  }
}
