/// Gaussian noise on the whole numbers: x with probability proportional to e^(-x² / 2σ²), exactly
/// (Canonne, Kamath & Steinke, The discrete Gaussian for differential privacy, NeurIPS 2020, algorithm
/// 3).
///
/// σ² is the parameter; the variance itself is at most that, and the same to 16 digits from σ = 2 on.
/// No floating-point number takes part in a draw, so it is not open to attacks on low bits (Mironov,
/// CCS 2012). How long a draw takes depends on its value, which an adversary with a clock may use.
public struct DiscreteGaussian: Hashable, Sendable {
  /// The parameter σ².
  public let variance: RationalVariance
  /// Of the discrete Laplace distribution that candidates come from: floor(σ) + 1.
  private let scale: Int

  public init(variance: RationalVariance) {
    self.variance = variance
    let whole = variance.numerator / variance.denominator
    var root = UInt64(Double(whole).squareRoot())
    while root * root > whole { root -= 1 }
    while (root + 1) * (root + 1) <= whole { root += 1 }
    scale = Int(root) + 1
  }

  /// A candidate y is kept with probability e^-((|y| - σ² / t)² / 2σ²), where t is the scale. With
  /// σ² = p / q that exponent is (|y| q t - p)² / (2 p q t²): below 2¹⁰⁷ in the denominator, and in 128
  /// bits in the numerator for all |y| < 2¹⁰ t, which a candidate exceeds with probability below
  /// e^-1000.
  public func sample(from stream: inout RandomStream) -> Int {
    let (p, q, t) = (
      UInt128(variance.numerator), UInt128(variance.denominator), UInt128(scale)
    )
    while true {
      let candidate = stream.discreteLaplace(scale: scale)
      let place = UInt128(candidate.magnitude) * q * t
      let distance = place > p ? place - p : p - place
      if stream.bernoulli(expMinus: distance * distance, over: 2 * p * q * t * t) {
        return candidate
      }
    }
  }
}
