/// The Renyi divergence between normal distributions of equal width: order * precision / 2 (Mironov
/// 2017, Corollary 3).
struct GaussianRenyi: RenyiCurve {
  /// (distance / standard deviation)^2.
  let precision: Double

  init(precision: Double) {
    self.precision = precision
  }

  /// Kept above 0, so that no release is taken for none.
  init(standardDeviation: Double, distance: Double) {
    let ratio = distance / standardDeviation
    precision = max(ratio * ratio, .leastNormalMagnitude)
  }

  func divergence(order: Double) -> Double {
    order * precision / 2
  }
}
