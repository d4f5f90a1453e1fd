/// What a cell of a table holds.
public enum TableValue: Hashable, Sendable {
  case text(String)
  case integer(Int)
  case number(Double)
  /// Not measured, or not applicable.
  case missing
}

extension TableValue: Encodable {
  /// Nothing is null.
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .text(let text): try value.encode(text)
    case .integer(let integer): try value.encode(integer)
    case .number(let number): try value.encode(number)
    case .missing: try value.encodeNil()
    }
  }
}
