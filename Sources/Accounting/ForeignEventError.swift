/// Why an event that another package wrote is not read.
public enum ForeignEventError: Error, Hashable, Sendable {
  /// Neither `kind` nor `class_name` says what the event is.
  case classNameMissing
  case unknownModule(String)
  case unknownClass(String)
  /// A class of dp-accounting for which there is no theorem here.
  case refused(className: String, reason: String)
  /// Fields that the class had not when this reader was written; they may change what it means.
  case unknownFields([String], className: String)
  case wrongFieldCount(Int, className: String, fields: [String])

  func at(_ path: [any CodingKey]) -> DecodingError {
    .dataCorrupted(.init(codingPath: path, debugDescription: description, underlyingError: self))
  }
}

extension ForeignEventError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .classNameMissing:
      """
      neither "kind" nor "class_name" says what this event is; its fields alone do not tell, for \
      example, GaussianDpEvent from LaplaceDpEvent
      """
    case .unknownModule(let name):
      "module_name is \"\(name)\"; it must be \"\(DPAccountingEvent.module)\""
    case .unknownClass(let name):
      """
      "\(name)" is no known event of dp-accounting; those that are read are \
      \(DPAccountingEvent.ClassName.allCases.map(\.rawValue).joined(separator: ", "))
      """
    case .refused(let className, let reason):
      "\(className) cannot be priced: \(reason)"
    case .unknownFields(let names, let className):
      """
      \(className) has the unknown field\(names.count == 1 ? "" : "s") \
      \(names.joined(separator: ", ")), which may change what it means
      """
    case .wrongFieldCount(let count, let className, let fields):
      """
      \(className) has \(count) value\(count == 1 ? "" : "s"); its fields are \
      \(fields.isEmpty ? "none" : fields.joined(separator: ", "))
      """
    }
  }
}
