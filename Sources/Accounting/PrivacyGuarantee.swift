/// An epsilon and a delta with everything that gives them a meaning.
///
/// There is no other way to print an epsilon here: without its delta, unit, relation, sampling and
/// accountant it cannot be compared with anything.
public struct PrivacyGuarantee: Hashable, Sendable {
  /// Which of the two numbers was asked for, given the other.
  public enum Question: Hashable, Sendable {
    case epsilon(atDelta: Double)
    case delta(atEpsilon: Double)
  }

  public let question: Question
  /// Both ends are the given epsilon where delta was asked for.
  public let epsilon: PrivacyBound
  /// Both ends are the given delta where epsilon was asked for.
  public let delta: PrivacyBound
  public let unit: PrivacyUnit
  public let relation: NeighboringRelation
  public let sampling: SamplingScheme
  public let accountant: AccountantKind

  /// Prices `event`.
  ///
  /// Throws ``AccountingError`` when the given delta is not in (0, 1) or the given epsilon not 0 or
  /// greater and finite, and when the accountant refuses the event.
  public init(
    _ question: Question, of event: PrivacyEvent, unit: PrivacyUnit, relation: NeighboringRelation,
    accountant: AccountantKind
  ) throws(AccountingError) {
    var spent = accountant.makeAccountant(relation: relation)
    try spent.compose(event)
    try self.init(question, of: spent, unit: unit, sampling: event.samplingScheme)
  }

  /// What the events that `accountant` has seen cost. `sampling` is theirs.
  public init(
    _ question: Question, of accountant: any PrivacyAccountant, unit: PrivacyUnit,
    sampling: SamplingScheme
  ) throws(AccountingError) {
    self.question = question
    switch question {
    case .epsilon(let delta):
      epsilon = try accountant.epsilon(atDelta: delta)
      self.delta = try PrivacyBound(lower: delta, upper: delta)
    case .delta(let epsilon):
      delta = try accountant.delta(atEpsilon: epsilon)
      self.epsilon = try PrivacyBound(lower: epsilon, upper: epsilon)
    }
    self.unit = unit
    relation = accountant.relation
    self.sampling = sampling
    self.accountant = accountant.kind
  }

  /// What an accountant of the kind has answered: `epsilon` at `delta`.
  package init(
    epsilon: PrivacyBound, atDelta delta: Double, unit: PrivacyUnit, relation: NeighboringRelation,
    sampling: SamplingScheme, accountant: AccountantKind
  ) throws(AccountingError) {
    question = .epsilon(atDelta: delta)
    self.epsilon = epsilon
    self.delta = try PrivacyBound(lower: delta, upper: delta)
    self.unit = unit
    self.relation = relation
    self.sampling = sampling
    self.accountant = accountant
  }

  /// Prices `event` at `delta`, in (0, 1).
  ///
  /// Throws ``AccountingError`` when delta is out of range or the accountant refuses the event.
  public init(
    of event: PrivacyEvent, atDelta delta: Double, unit: PrivacyUnit, relation: NeighboringRelation,
    accountant: AccountantKind
  ) throws(AccountingError) {
    try self.init(
      .epsilon(atDelta: delta), of: event, unit: unit, relation: relation, accountant: accountant)
  }
}

/// One sentence, with the number that was asked for rounded up to four significant digits and its
/// lower bound rounded down, and with why they are far apart if the accountant can tell.
extension PrivacyGuarantee: CustomStringConvertible {
  public var description: String {
    let meaning = """
      differential privacy for one \(unit.rawValue) under \(relation.rawValue) with \
      \(sampling.rawValue) sampling, by the \(accountant.rawValue) accountant
      """
    switch question {
    case .epsilon(let delta):
      return """
        (epsilon <= \(epsilon.upperText), delta = \(delta))-\(meaning); epsilon is at least \
        \(epsilon.lowerText)\(epsilon.limitText)
        """
    case .delta(let epsilon):
      return """
        (epsilon = \(epsilon), delta <= \(delta.upperText))-\(meaning); delta is at least \
        \(delta.lowerText)\(delta.limitText)
        """
    }
  }
}

extension PrivacyBound {
  fileprivate var upperText: String { OutwardDecimal.text(upper, rounded: .up) }
  fileprivate var lowerText: String { OutwardDecimal.text(lower, rounded: .down) }
  fileprivate var limitText: String { limit.map { " (\($0))" } ?? "" }
}
