import Foundation
import SpecialMath

/// What a guarantee for one unit says about several units that change together.
public struct GroupPrivacy: Hashable, Sendable {
  /// How many units change, 1 or greater.
  public let size: Int

  /// Throws ``AccountingError`` unless `size` is in 1 ... 2^31.
  public init(size: Int) throws(AccountingError) {
    try AccountingError.check(
      size, isWithin: 1...PrivacyEvent.largestSensitivity, argument: "group_size")
    self.size = size
  }

  /// The delta of the group at epsilon `size` * `epsilon`, where one unit has (`epsilon`, `delta`)
  /// (Vadhan 2017, Lemma 2.2): delta (e^(size epsilon) - 1) / (e^epsilon - 1), rounded up, at most 1.
  ///
  /// It holds for every mechanism, and every relation of single units.
  public func delta(
    ofGroupWhereOneUnitHasEpsilon epsilon: Double, delta: Double
  ) throws(AccountingError) -> Double {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    try NumberRange.unitInterval.check(delta, argument: "delta")
    guard delta > 0 else { return 0 }
    let logFactor =
      epsilon > 0
      ? logExpMinusOne(Double(size) * epsilon) - logExpMinusOne(epsilon) : log(Double(size))
    return min(1, max(exp(log(delta) + logFactor) * Self.roundingFactor, .leastNonzeroMagnitude))
  }

  /// An upper bound on the group's epsilon at `delta`, in (0, 1), from what one unit spends: `size`
  /// times the least epsilon whose own delta is small enough. Infinite if there is none.
  ///
  /// Where ``PrivacyEvent/forGroup(of:)`` gives an event, pricing that is exact and mostly far less.
  public func epsilonUpperBound(
    of spent: any PrivacyAccountant, atDelta delta: Double
  ) throws(AccountingError) -> Double {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    if size == 1 { return try spent.epsilonUpperBound(atDelta: delta) }
    func suffices(_ epsilon: Double) throws(AccountingError) -> Bool {
      let single = try spent.delta(atEpsilon: epsilon).upper
      return try self.delta(ofGroupWhereOneUnitHasEpsilon: epsilon, delta: single) <= delta
    }
    if try suffices(0) { return 0 }
    var enough = 1.0
    while try !suffices(enough) {
      enough *= 2
      guard enough < Self.largestEpsilon else { return .infinity }
    }
    let least = try MonotoneSearch.bisect(
      0...enough, relativeTolerance: 1e-9, until: suffices
    ).above
    return Double(size) * least * Self.roundingFactor
  }

  private func logExpMinusOne(_ x: Double) -> Double { x + LogSpace.logOneMinusExp(-x) }

  private static let roundingFactor = 1 + 1e-9
  private static let largestEpsilon = 0x1p60
}
