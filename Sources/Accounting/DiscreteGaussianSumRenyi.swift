import Foundation

/// The Renyi divergence of sums of independent discrete Gaussians, n of parameter sigma in each of d
/// coordinates (Kairouz, Liu & Steinke 2021, Proposition 14): at most the least of
///
///     order L2^2 / (2 n sigma^2) + tau d,
///     order / 2 (L2^2 / (n sigma^2) + 2 tau L1 / (sqrt(n) sigma) + tau^2 d),
///     order / 2 (L2 / (sqrt(n) sigma) + tau sqrt(d))^2,
///
/// for sigma of 1/2 or more, and no known bound below. The sum is no discrete Gaussian: its
/// probabilities are those of the discrete Gaussian of parameter sqrt(n) sigma up to factors between
/// e^(-tau / 2) and e^(tau / 2),
///
///     tau = 10 sum over k = 1 ... n - 1 of e^(-2 pi^2 sigma^2 k / (k + 1)).
///
/// So the ratio of neighbors' probabilities is that of discrete Gaussians up to e^(tau d), which the
/// sums' own moments, no larger than a Gaussian's, turn into the first bound. A factor of e^(tau / 2)
/// costs at most order / 2 (tau / 2)^2 in each coordinate, and roots of zero-concentrated parameters
/// satisfy the triangle inequality: that gives the others.
struct DiscreteGaussianSumRenyi: RenyiCurve {
  /// L2^2 / (n sigma^2), above 0.
  private let precision: Double
  private let ratio: Double
  /// L1 / (sqrt(n) sigma).
  private let l1Ratio: Double
  private let dimension: Double
  /// Infinite where no bound is known.
  private let tau: Double

  init(standardDeviation: Double, contributorCount: Int, distance: GridDistance) {
    let deviation = Double(contributorCount).squareRoot() * standardDeviation
    ratio = distance.l2 / deviation
    precision = max(ratio * ratio, .leastNormalMagnitude)
    l1Ratio = distance.l1 / deviation
    dimension = distance.dimension
    tau = Self.tau(standardDeviation: standardDeviation, contributorCount: contributorCount)
  }

  var hasConvexCumulant: Bool { tau == 0 }

  func divergence(order: Double) -> Double {
    guard order.isFinite, tau.isFinite else { return .infinity }
    return min(order * precision / 2 + tau * dimension, order * concentration)
  }

  /// Zero-concentration (Bun & Steinke 2016): an upper bound on divergence / order at every order.
  var rho: Double {
    guard tau.isFinite else { return .infinity }
    return min(precision / 2 + tau * dimension, concentration)
  }

  private var concentration: Double {
    let sum = ratio + tau * dimension.squareRoot()
    return min(precision + 2 * tau * l1Ratio + tau * tau * dimension, sum * sum) / 2
  }

  private static func tau(standardDeviation: Double, contributorCount: Int) -> Double {
    guard contributorCount > 1 else { return 0 }
    guard standardDeviation >= 0.5 else { return .infinity }
    func term(_ k: Int) -> Double {
      let share = Double(k) / Double(k + 1)
      return exp(-2 * .pi * .pi * standardDeviation * standardDeviation * share)
    }
    // The terms fall, so that those left out are below the last that is not.
    let summed = min(contributorCount - 1, mostSummed)
    let sum = (1...summed).reduce(0) { $0 + term($1) }
    return 10 * (sum + Double(contributorCount - 1 - summed) * term(summed)) * roundingFactor
  }

  private static let mostSummed = 1 << 12
  /// Covers the rounding errors of the sum.
  private static let roundingFactor = 1 + 1e-11
}
