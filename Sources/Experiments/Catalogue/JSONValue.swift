/// A JSON document that is put together by hand.
indirect enum JSONValue: Hashable, Sendable, Encodable {
  case string(String)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case array([JSONValue])
  case object([String: JSONValue])

  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

  /// The object with these members as well.
  func adding(_ members: [String: JSONValue]) -> JSONValue {
    guard case .object(let own) = self else { preconditionFailure("only objects have members") }
    return .object(own.merging(members) { _, new in new })
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let text): try container.encode(text)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .array(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }
}
