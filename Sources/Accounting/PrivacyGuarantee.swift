/// An epsilon with everything that gives it a meaning.
///
/// There is no other way to print an epsilon here: without its delta, unit, relation, sampling and
/// accountant it cannot be compared with anything.
public struct PrivacyGuarantee: Hashable, Sendable {
  public let epsilon: PrivacyBound
  public let delta: Double
  public let unit: PrivacyUnit
  public let relation: NeighboringRelation
  public let sampling: SamplingScheme
  public let accountant: AccountantKind

  /// Prices `event` at `delta`, in (0, 1).
  ///
  /// Throws ``AccountingError`` when delta is out of range or the accountant refuses the event.
  public init(
    of event: PrivacyEvent, atDelta delta: Double, unit: PrivacyUnit, relation: NeighboringRelation,
    accountant: AccountantKind
  ) throws(AccountingError) {
    var spent = accountant.makeAccountant(relation: relation)
    try spent.compose(event)
    epsilon = try spent.epsilon(atDelta: delta)
    self.delta = delta
    self.unit = unit
    self.relation = relation
    sampling = event.samplingScheme
    self.accountant = accountant
  }
}

/// One sentence, with epsilon rounded up to four significant digits and its lower bound rounded
/// down.
extension PrivacyGuarantee: CustomStringConvertible {
  public var description: String {
    let (lower, upper) = (
      OutwardDecimal.text(epsilon.lower, rounded: .down),
      OutwardDecimal.text(epsilon.upper, rounded: .up)
    )
    return """
      (epsilon <= \(upper), delta = \(delta))-differential privacy for one \(unit.rawValue) under \
      \(relation.rawValue) with \(sampling.rawValue) sampling, by the \(accountant.rawValue) \
      accountant; epsilon is at least \(lower)
      """
  }
}
