import Foundation

/// A limit on all that is ever released about a data set, for whoever chooses each release, its noise
/// included, after seeing all before it: a privacy filter (Rogers, Roth, Ullman & Vadhan 2016).
///
/// Theorems of composition take the noise of every release as fixed beforehand, and do not cover that.
/// Renyi differential privacy at *one* order does: if the divergences at `order` of all steps, each given
/// what was released before it, never add up to more than a fixed number, then all steps together have at
/// most this divergence (Feldman & Zrnic 2021, Theorem 3.1), also where steps are under way side by side
/// (Haney et al. 2023). The number, ``total``, is the largest that converts to (`epsilon`, `delta`)
/// (Canonne, Kamath & Steinke 2020, Proposition 12). The order is chosen before anything is released.
public struct RenyiFilter: Hashable, Sendable {
  public let epsilon: Double
  public let delta: Double
  /// In (1, infinity).
  public let order: Double
  /// Greater than 0; rounded down.
  public let total: Double

  /// - Parameters:
  ///   - epsilon: greater than 0 and finite.
  ///   - delta: in (0, 1).
  ///   - order: in (1, infinity).
  ///
  /// Throws ``AccountingError`` when a number is out of range, and when no divergence at this order
  /// converts to so small an epsilon.
  public init(epsilon: Double, delta: Double, order: Double) throws(AccountingError) {
    try NumberRange.positive.check(epsilon, argument: "epsilon")
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    try NumberRange.renyiOrder.check(order, argument: "order")
    try NumberRange.positive.check(order, argument: "order")
    let gain = log1p(-1 / order)
    let price = (log(delta) + log(order)) / (order - 1)
    // The rounding errors of the conversion and of these lines.
    let slack = 1e-13 * (epsilon - gain + abs(price))
    let total = epsilon - gain + price - slack
    guard total > 0 else {
      throw .orderLeavesNothing(order: order, epsilon: epsilon, delta: delta)
    }
    self.epsilon = epsilon
    self.delta = delta
    self.order = order
    self.total = total
  }

  /// The filter, of all at ``RenyiStep/orders``, that lets these steps together happen most often.
  public init(
    epsilon: Double, delta: Double, mostOftenAdmitting steps: [RenyiStep]
  ) throws(AccountingError) {
    let order = RenyiStep.order(least: { order in
      guard let filter = try? RenyiFilter(epsilon: epsilon, delta: delta, order: order) else {
        return .infinity
      }
      return steps.reduce(0) { $0 + $1.divergence(atOrder: order) } / filter.total
    })
    try self.init(epsilon: epsilon, delta: delta, order: order)
  }

  /// Whether steps with these divergences at ``order``, all that there were and are to be, stay within
  /// ``total``.
  public func admits(_ divergences: some Sequence<Double>) -> Bool {
    spent(divergences) <= total
  }

  /// The sum, rounded up.
  public func spent(_ divergences: some Sequence<Double>) -> Double {
    divergences.reduce(0, +) * (1 + 1e-12)
  }
}
