import Foundation
import SpecialMath

/// One Gaussian release about a Poisson-sampled cohort, exactly.
///
/// With delta(b) that of the noise, the unit removed has q delta(b) at epsilon = log(1 - q + q e^b)
/// (Balle, Barthe & Gaboardi 2018, Theorem 8), at b from 0 on. The unit added has no more: with x =
/// e^epsilon - 1 it has (1 - (1 + x) (1 - q)) <= q times delta at b' with e^b' = q (1 + x) / (1 - (1 +
/// x) (1 - q)), and (x + q) (1 - (1 + x) (1 - q)) <= q^2 (1 + x) says that b <= b'.
struct SampledGaussianRelease {
  let tradeoff: GaussianTradeoff
  let samplingRate: Double

  /// Bounds on epsilon at `delta`, rounding apart.
  func epsilon(delta: Double) -> (lower: Double, upper: Double) {
    if delta >= samplingRate { return (0, 0) }
    let noise = tradeoff.epsilon(delta: delta / samplingRate)
    return (amplified(noise.lower) * (1 - Self.slack), amplified(noise.upper) * (1 + Self.slack))
  }

  /// Bounds on log delta at `epsilon`, rounding apart.
  func logDelta(epsilon: Double) -> (lower: Double, upper: Double) {
    let growth = expm1(epsilon) / samplingRate
    let noiseEpsilon = growth.isFinite ? log1p(growth) : epsilon - log(samplingRate)
    // Rounding moves the noise's epsilon by a share of it.
    let (above, below) = (
      tradeoff.logDelta(epsilon: noiseEpsilon * (1 - Self.slack)),
      tradeoff.logDelta(epsilon: noiseEpsilon * (1 + Self.slack))
    )
    return (
      below.lower + log(samplingRate) - Self.slack, above.upper + log(samplingRate) + Self.slack
    )
  }

  private func amplified(_ noiseEpsilon: Double) -> Double {
    let growth = samplingRate * expm1(noiseEpsilon)
    return growth.isFinite ? log1p(growth) : noiseEpsilon + log(samplingRate)
  }

  private static let slack = 1e-13
}
