import Foundation

/// Renyi accounting as it was before 2020, to price published results the way their authors did:
/// divergences at a fixed list of orders, and the conversion of Mironov 2017.
///
/// Its upper ends are valid, and about a tenth to a fifth above those of ``RenyiAccountant``, which
/// prices the same events. Its lower ends are the same as there.
public struct ClassicRenyiAccountant: PrivacyAccountant {
  /// Which orders are tried.
  public enum Orders: Hashable, Sendable {
    /// 2 ... 33, so that log moments have degrees 1 ... 32 (Abadi et al. 2016).
    case moments
    /// 1.1, 1.2 ... 10.9, 12 ... 63, 128 and 256, as in Opacus and TensorFlow Privacy of 2020 and
    /// 2021.
    case librariesOf2020

    var values: [Double] {
      switch self {
      case .moments: (2...33).map(Double.init)
      case .librariesOf2020:
        Self.fractional + Self.whole
      }
    }

    private static let fractional = (11...109).map { Double($0) / 10 }
    private static let whole = (Array(12...63) + [128, 256]).map(Double.init)
  }

  public let relation: NeighboringRelation
  public let orders: Orders
  private var spent = RenyiComposition()

  public init(relation: NeighboringRelation, orders: Orders) {
    self.relation = relation
    self.orders = orders
  }

  public var kind: AccountantKind {
    switch orders {
    case .moments: .moments
    case .librariesOf2020: .rdpClassic
    }
  }

  public mutating func compose(_ event: PrivacyEvent, count: Int) throws(AccountingError) {
    let reduction = EventReduction(accountant: kind, relation: relation)
    try spent.add(reduction.mechanisms(in: event, count: count))
  }

  public func epsilon(atDelta delta: Double) throws(AccountingError) -> PrivacyBound {
    let upper = try epsilonUpperBound(atDelta: delta)
    let lower = DistinguishingGame(against: spent.counts, relation: relation).epsilon(delta: delta)
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  public func epsilonUpperBound(atDelta delta: Double) throws(AccountingError) -> Double {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    return spent.counts.failures.epsilonUpperBound(atDelta: delta) { delta in
      if spent.totalVariationBound <= delta { return 0 }
      return conversions.map { $0.epsilon(delta: delta) }.min() ?? .infinity
    }
  }

  public func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    let logUpper = conversions.map { $0.logDelta(epsilon: epsilon) }.min() ?? 0
    // A positive delta that underflows is rounded up to the smallest positive number.
    let converted = max(exp(logUpper), .leastNonzeroMagnitude)
    let upper = spent.counts.failures.outerDelta(
      lower: 0, upper: min(converted, spent.totalVariationBound)
    ).upper
    let lower = DistinguishingGame(against: spent.counts, relation: relation)
      .delta(epsilon: epsilon)
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  private var conversions: [ClassicRenyiConversion] {
    orders.values.map {
      ClassicRenyiConversion(order: $0, divergence: spent.divergence(order: $0))
    }
  }
}
