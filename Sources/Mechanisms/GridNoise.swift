internal import Randomness

/// Discrete Gaussian noise for sums of whole multiples of a public step, wide enough to be charged as
/// continuous Gaussian noise.
///
/// **Lemma.** Let `v(D)` be a vector of `d <= 2^22` whole numbers, at most `Delta` apart in Euclidean
/// distance on two neighbors. To release `v(D)` plus independent discrete Gaussians of parameter
/// `sigma` costs at most what the Gaussian mechanism with noise multiplier `z` on a sum of sensitivity
/// `Delta` does, if
///
///     sigma^2 >= tau^2 + s^2,  tau = (1 + 2^-40) z Delta,  s = 128.
///
/// *Rounding at random.* Send a real `x` to the whole number `k` with probability `rho(k - x) /
/// rho(Z - x)`, where `rho(x) = exp(-x^2 / 2 s^2)`. By Poisson's summation formula `rho(Z - x)` is `s
/// sqrt(2 pi)` times `1 + 2 sum_j exp(-2 pi^2 s^2 j^2) cos(2 pi j x)`, hence the same for all `x` but for
/// a factor within `1 -+ theta`, `theta < 3 exp(-2 pi^2 s^2)` (Micciancio & Regev 2007, Lemma 2.8 and
/// section 3). So what becomes of a continuous Gaussian around `v` with standard deviation `sqrt(sigma^2 -
/// s^2)` when each coordinate is rounded is, but for that factor, a Gaussian of variance `sigma^2` at the
/// whole numbers: Peikert's convolution theorem (2010, Theorem 3.1). The discrete Gaussian around `v`
/// has the same probabilities but for a factor within `e^(-+eta)`, `eta = d log((1 + theta) / (1 -
/// theta)) < 9 d exp(-2 pi^2 s^2) < e^-323000`. That holds for every outcome and every `v`, and hence for
/// mixtures over cohorts and for releases one after another that depend on each other: `T` of them are
/// private with `epsilon + 2 T eta` and `delta e^(T eta)` where Gaussian ones, whose post-processing
/// they almost are, are with `epsilon` and `delta`.
///
/// *What eta costs* is paid by the factor `1 + r`, `r = 2^-40`. Write `f(epsilon, mu)` for the
/// hockey-stick divergence of order `e^epsilon` between unit Gaussians `mu` apart (Balle & Wang 2018,
/// Theorem 8); it is increasing in `mu`, and `f(epsilon, mu)` is the integral of `phi(m / 2 - epsilon / m)`
/// over `m` in `0 ... mu`. With `mu = distance / (z Delta)` and `mu' = mu / (1 + r)` the discrete mechanism's
/// divergence is at most `e^eta f(epsilon - 2 eta, mu')`, which is at most `f(epsilon, mu)` for all
/// `epsilon >= 0`:
/// - Where `epsilon >= mu'^2`, put `m = (1 + r) u`: the integrands' ratio is at least `(1 + r) e^-eta` times
///   `exp(-(2 r + r^2) u^2 / 8 + eta + ((epsilon - 2 eta)^2 - epsilon^2 / (1 + r)^2) / 2 u^2)`, and the last term
///   is at least `r epsilon^2 / 2 u^2 >= r u^2 / 2`, if `eta <= r mu'^2 / 8`.
/// - Where it is less, the left side exceeds `f(epsilon, mu')` by at most `5 eta`, and the right side by at
///   least `r mu' phi(mu / 2)`, since `|m / 2 - epsilon / m| <= mu / 2` there.
///
/// Both conditions hold for `mu` in `1e-100 ... 1600`. Negative `epsilon` follow with neighbors exchanged.
/// So the pair of Gaussians dominates, which is all that an accountant uses of a release under
/// add-or-remove-one and zero-out, on everybody or on Poisson cohorts, alone or composed (Zhu, Dong & Wang
/// 2022, Theorems 10 and 11), and on everybody under replace-one. For cohorts of fixed size accountants use
/// more than pairs; there it is the first part that holds, and `2 T eta < 10^-140000` for any number of
/// releases that can be counted is below what accountants round up by.
struct GridNoise: Hashable, Sendable {
  /// A power of two, public: it follows from the clipping norm and the noise multiplier alone.
  let step: Double
  /// The parameter sigma, in steps.
  let deviation: Int

  /// `z`, from which `mu = 2 / z`, of replaced contributions, is well within the lemma; and above which the
  /// grid would be coarse beside single contributions.
  static let noiseMultipliers = 0x1p-9...0x1p20

  private static let rounding = 128.0
  private static let room = 0x1p-39

  /// Noise of 2^30 to 2^31 steps; where it is less than the clipping norm, as many as the finest grid of a
  /// ``ClippedSum`` allows, at least 2^21.
  init(clippingNorm: Double, noiseMultiplier: Double) throws(GridNoiseError) {
    guard Self.noiseMultipliers.contains(noiseMultiplier) else {
      throw .noiseMultiplierOutOfRange(given: noiseMultiplier)
    }
    step = max(
      ClippedSum.finestStep(for: clippingNorm), (noiseMultiplier * clippingNorm).binade * 0x1p-30)
    // Each of these operations errs by at most a relative 2^-53; `room` and the last factor are wider than
    // the lemma asks by more than that.
    let tau = noiseMultiplier * (clippingNorm / step) * (1 + Self.room)
    let square = (tau * tau + Self.rounding * Self.rounding) * (1 + 0x1p-48)
    deviation = Int(square.squareRoot().rounded(.up))
  }

  var law: DiscreteGaussian {
    DiscreteGaussian(variance: RationalVariance(squareOf: deviation))
  }
}

/// What can be wrong with discrete noise on a sum.
public enum GridNoiseError: Error, Hashable, Sendable {
  /// It is outside ``DiscreteGaussianMechanism/noiseMultipliers``.
  case noiseMultiplierOutOfRange(given: Double)
}

extension GridNoiseError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noiseMultiplierOutOfRange(let given):
      """
      a noise multiplier of \(given) is out of reach of discrete-gaussian; it must be from 2^-9, about 0.002, \
      to 2^20, about a million
      """
    }
  }
}
