/// Gaussian noise on the whole numbers: x with probability proportional to e^(-x² / 2σ²), exactly
/// (Canonne, Kamath & Steinke, The discrete Gaussian for differential privacy, NeurIPS 2020, algorithm
/// 3).
///
/// σ² is the parameter; the variance itself is at most that, and the same to 16 digits from σ = 2 on.
/// No floating-point number takes part in a draw, so it is not open to attacks on low bits (Mironov,
/// CCS 2012). How long a draw takes depends on its value, which an adversary with a clock may use.
public struct DiscreteGaussian: Sendable {
  /// The parameter σ².
  public let variance: RationalVariance
  /// Of the discrete Laplace distribution that candidates come from: floor(σ) + 1, or σ where σ² is
  /// too large for that.
  private let scale: Int
  let cells: GaussianCells

  public init(variance: RationalVariance) {
    self.init(variance: variance, cells: GaussianCells(variance, deciding: GaussianCurve(variance)))
  }

  init(variance: RationalVariance, cells: GaussianCells) {
    self.variance = variance
    self.cells = cells
    let root = (variance.numerator / variance.denominator).squareRoot
    scale = Int(root) + (variance.isLargeSquare ? 0 : 1)
  }

  /// A candidate y is kept with probability e^-((|y| - σ² / t)² / 2σ²), where t is the scale. With
  /// σ² = p / q that exponent is (|y| q t - p)² / (2 p q t²): for p up to 2⁵² below 2¹⁰⁷ in the
  /// denominator, and in 128 bits in the numerator for all |y| < 2¹⁰ t, which a candidate exceeds with
  /// probability below e^-1000. Beyond that t = σ, and it is (|y| - t)² / 2t².
  public func sample(from stream: inout RandomStream) -> Int {
    let (p, q, t) = (variance.numerator, variance.denominator, UInt128(scale))
    while true {
      let candidate = stream.discreteLaplace(scale: scale)
      let magnitude = UInt128(candidate.magnitude)
      let (place, peak, denominator) =
        variance.isLargeSquare
        ? (magnitude, t, 2 * t * t) : (magnitude * q * t, p, 2 * p * q * t * t)
      let distance = place > peak ? place - peak : peak - place
      if stream.bernoulli(expMinus: distance * distance, over: denominator) { return candidate }
    }
  }
}

extension DiscreteGaussian: Hashable {
  public static func == (one: DiscreteGaussian, other: DiscreteGaussian) -> Bool {
    one.variance == other.variance
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(variance) }
}

extension RationalVariance {
  /// Beyond the fractions, so that the deviation is a whole number.
  fileprivate var isLargeSquare: Bool { numerator > Self.largestNumerator }
}

extension UInt128 {
  /// The root, rounded down.
  fileprivate var squareRoot: UInt128 {
    var root = UInt128(Double(self).squareRoot())
    while root * root > self { root -= 1 }
    while (root + 1) * (root + 1) <= self { root += 1 }
    return root
  }
}
