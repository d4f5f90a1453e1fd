/// The ranges that the numbers of privacy accounting live in. None holds NaN or an infinity.
public enum NumberRange: Hashable, Sendable, CustomStringConvertible {
  /// (0, infinity): noise multipliers, standard deviations and scales.
  case positive
  /// [0, infinity): epsilon.
  case nonNegative
  /// (0, 1): delta.
  case openUnitInterval
  /// [0, 1]: delta, with pure differential privacy and none at all; chances of an attack's errors.
  case unitInterval
  /// (0, 1]: sampling rates, noise parameters of randomized response.
  case probabilityAboveZero
  /// (1, infinity]: Renyi orders, of which infinity is one.
  case renyiOrder
  /// (-1, infinity): shapes of the truncated negative binomial law.
  case repetitionShape
  /// [1, infinity): mean numbers of repetitions.
  case oneOrMore

  public func contains(_ value: Double) -> Bool {
    switch self {
    case .positive: value > 0 && value.isFinite
    case .nonNegative: value >= 0 && value.isFinite
    case .openUnitInterval: value > 0 && value < 1
    case .unitInterval: value >= 0 && value <= 1
    case .probabilityAboveZero: value > 0 && value <= 1
    case .renyiOrder: value > 1
    case .repetitionShape: value > -1 && value.isFinite
    case .oneOrMore: value >= 1 && value.isFinite
    }
  }

  public var description: String {
    switch self {
    case .positive: "a finite number greater than 0"
    case .nonNegative: "a finite number, 0 or greater"
    case .openUnitInterval: "a number greater than 0 and less than 1"
    case .unitInterval: "a number from 0 to 1"
    case .probabilityAboveZero: "a number greater than 0 and at most 1"
    case .renyiOrder: "a number greater than 1, infinity included"
    case .repetitionShape: "a finite number greater than -1"
    case .oneOrMore: "a finite number, 1 or greater"
    }
  }

  func check(_ value: Double, argument: String) throws(AccountingError) {
    guard contains(value) else {
      throw .outOfRange(argument: argument, given: value, allowed: self)
    }
  }
}
