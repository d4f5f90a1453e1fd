import Foundation

/// Mechanisms whose divergences add up (Mironov 2017, Proposition 1).
struct RenyiComposition {
  private(set) var counts = MechanismCounts()
  private(set) var curves: [any RenyiCurve] = []

  init() {}

  init(_ counts: MechanismCounts) {
    self.counts = counts
    curves = counts.entries.map(\.mechanism.renyiCurve)
  }

  /// Adds all or, when a count would pass 2^53, nothing.
  mutating func add(_ additions: MechanismCounts) throws(AccountingError) {
    let known = zip(counts.entries.map(\.mechanism), curves)
    try counts.add(additions)
    let curvesByMechanism = Dictionary(uniqueKeysWithValues: known)
    curves = counts.entries.map { curvesByMechanism[$0.mechanism] ?? $0.mechanism.renyiCurve }
  }

  /// An upper bound on the divergence at `order`, in (1, infinity].
  func divergence(order: Double) -> Double {
    var total = 0.0
    for (entry, curve) in zip(counts.entries, curves) {
      total += Double(entry.count) * curve.divergence(order: order)
    }
    return total * Self.roundingFactor
  }

  /// At least delta at epsilon 0, and so at every epsilon.
  var totalVariationBound: Double {
    Self.totalVariationBound(divergence: divergence(order: RenyiOrders.finite[0]))
  }

  /// delta^2 <= divergence / 2 (Pinsker) and delta^2 <= 1 - e^-divergence (Bretagnolle and Huber)
  /// hold for the divergence at order 1, and so for those at higher orders.
  static func totalVariationBound(divergence: Double) -> Double {
    min(divergence / 2, -expm1(-divergence)).squareRoot() * roundingFactor
  }

  /// Covers the rounding errors of the divergences, of relative size 1e-10 at most.
  private static let roundingFactor = 1 + 1e-9
}
