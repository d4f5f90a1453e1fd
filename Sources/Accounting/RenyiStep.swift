import Foundation

/// The Renyi divergences of one step of a sequence in which each step, and whether there is one more,
/// is chosen after seeing all before it.
///
/// Ordinary composition holds inside of a step: what is released in it is fixed when it begins.
public struct RenyiStep: Sendable {
  private let composition: RenyiComposition

  /// `count` runs of `event`.
  ///
  /// Throws ``AccountingError`` where ``RenyiAccountant`` has no bound, and where something in the event
  /// can fail: a failure has no divergence.
  public init(
    _ event: PrivacyEvent, count: Int = 1, relation: NeighboringRelation
  ) throws(AccountingError) {
    let mechanisms = try EventReduction(accountant: .rdp, relation: relation)
      .mechanisms(in: event, count: count)
    guard mechanisms.failures.isEmpty else {
      throw .unsupported(
        event: event, accountant: .rdp, relation: relation, reason: .failuresInsideOfFilter)
    }
    composition = RenyiComposition(mechanisms)
  }

  /// An upper bound on the divergence at `order`, in (1, infinity), given all that was released before.
  /// Infinite for a release without noise.
  public func divergence(atOrder order: Double) -> Double { composition.divergence(order: order) }

  /// The epsilon at `delta`, in (0, 1), of several steps that are all fixed beforehand, rounded up, at the
  /// best of ``orders`` (Mironov 2017, Proposition 1; Canonne, Kamath & Steinke 2020, Proposition 12).
  public static func epsilon(
    ofFixed steps: [RenyiStep], atDelta delta: Double
  ) throws(AccountingError) -> Double {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    func epsilon(_ order: Double) -> Double {
      RenyiConversion(
        order: order,
        divergence: steps.reduce(0) { $0 + $1.divergence(atOrder: order) } * (1 + 1e-12)
      ).epsilon(delta: delta)
    }
    return epsilon(order(least: epsilon))
  }

  /// Distances to 1 from 1/16 to almost 2048, each about 1/20 greater than the one before, with short
  /// decimals.
  static let orders: [Double] = (-4...10).flatMap { exponent in
    (16..<32).map { 1 + Double($0) / 16 * exp2(Double(exponent)) }
  }

  /// The order that makes `value` least: every 16th is tried first, since a bound's value need not fall and
  /// then rise; an order missed costs accuracy, not validity.
  static func order(least value: (Double) -> Double) -> Double {
    func best(_ indices: some Sequence<Int>) -> Int {
      var best = (index: orders.count - 1, value: Double.infinity)
      for index in indices {
        let value = value(orders[index])
        if value < best.value { best = (index, value) }
      }
      return best.index
    }
    let coarse = best(stride(from: 15, to: orders.count, by: 16))
    return orders[best(max(0, coarse - 15)..<min(orders.count, coarse + 16))]
  }
}
