import SpecialMath

/// How much noise a target needs.
public enum Calibration {
  /// The smallest noise multiplier whose event is (`targetEpsilon`, `delta`)-private by this
  /// accountant's upper bound, to a relative 1e-6 and from the private side: the result itself
  /// meets the target.
  ///
  /// - Parameters:
  ///   - targetEpsilon: 0 or greater and finite.
  ///   - delta: In (0, 1).
  ///   - accountant: Which theorem's bound to meet.
  ///   - relation: Which neighbors epsilon is about.
  ///   - event: Everything that will be released, given the noise multiplier. More noise must not cost more.
  ///
  /// Throws ``AccountingError`` when the accountant refuses the event, and when multipliers from
  /// 2^-20 to 2^40 all meet the target or all miss it.
  public static func noiseMultiplier(
    targetEpsilon: Double, delta: Double, accountant: AccountantKind, relation: NeighboringRelation,
    event: (Double) -> PrivacyEvent
  ) throws(AccountingError) -> Double {
    try NumberRange.nonNegative.check(targetEpsilon, argument: "target_epsilon")
    func epsilon(_ noiseMultiplier: Double) throws(AccountingError) -> Double {
      var spent = accountant.makeAccountant(relation: relation)
      try spent.compose(event(noiseMultiplier))
      return try spent.epsilonUpperBound(atDelta: delta)
    }
    func meetsTarget(_ noiseMultiplier: Double) throws(AccountingError) -> Bool {
      try epsilon(noiseMultiplier) <= targetEpsilon
    }

    var enough = 1.0
    if try meetsTarget(enough) {
      while try meetsTarget(enough / 2) {
        enough /= 2
        guard enough > smallest else {
          throw .targetMetWithoutNoise(
            targetEpsilon: targetEpsilon, delta: delta, noiseMultiplier: enough,
            epsilon: try epsilon(enough))
        }
      }
    } else {
      repeat {
        guard enough < largest else {
          throw .targetOutOfReach(
            targetEpsilon: targetEpsilon, delta: delta, noiseMultiplier: enough,
            epsilon: try epsilon(enough))
        }
        enough *= 2
      } while try !meetsTarget(enough)
    }
    return try MonotoneSearch.bisect(
      enough / 2...enough, relativeTolerance: 1e-6, until: meetsTarget
    ).above
  }

  private static let smallest = 0x1p-20
  private static let largest = 0x1p40
}
