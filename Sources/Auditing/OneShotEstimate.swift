import Foundation

/// An ESTIMATE of epsilon, and no bound: what epsilon would be if the canaries' cosines were normal with the
/// mean and spread that they happen to have (Andrew, Kairouz, Oh, Oprea, McMahan & Suriyakumar, One-shot
/// empirical privacy estimation for federated learning, ICLR 2024, algorithm 2).
///
/// It holds at no confidence: it is above the true epsilon in about half of all runs, far above it with few
/// canaries, and says nothing about a worse case than these canaries.
public struct OneShotEstimate: Hashable, Sendable {
  /// Of the canaries' cosines.
  public let mean: Double
  /// Of the canaries' cosines, over their number.
  public let variance: Double
  public let canaryCount: Int
  public let dimension: Int

  /// From the cosine of each canary, a random direction that was put in, with what was released.
  ///
  /// - Parameters:
  ///   - cosines: two at least.
  ///   - dimension: of the released vector, 2 or more. The cosine of a random direction that was not put in
  ///     is normal with mean 0 and variance 1 / dimension, but for terms that vanish as that grows.
  ///
  /// Throws ``AuditingError`` where cosines are too few, all the same, or not numbers.
  public init(cosines: [Double], dimension: Int) throws(AuditingError) {
    precondition(dimension >= 2, "a direction is one of many")
    guard cosines.count >= 2 else {
      throw .tooFew(what: "canaries", given: cosines.count, least: 2)
    }
    if let index = cosines.firstIndex(where: { !$0.isFinite }) {
      throw .scoreIsNotANumber(index: index)
    }
    let count = Double(cosines.count)
    let mean = cosines.reduce(0, +) / count
    variance = cosines.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    self.mean = mean
    canaryCount = cosines.count
    self.dimension = dimension
    guard variance > 0 else { throw .noSpread }
  }

  /// The estimate at `delta`, in (0, 1).
  public func epsilonEstimate(delta: Double) -> Double {
    precondition(delta > 0 && delta < 1, "delta is between 0 and 1")
    return NormalPair(
      mean: mean, deviation: variance.squareRoot(),
      against: (0, (1 / Double(dimension)).squareRoot())
    ).epsilon(delta: delta)
  }
}
