import CGSL

extension RandomStream {
  /// A Laplace sample, with density exp(-|x| / scale) / (2 scale) (`gsl_ran_laplace`).
  ///
  /// A floating-point sample, which does not by itself withstand attacks on the low bits of a release
  /// (Mironov, CCS 2012).
  /// - Parameter scale: Absolute; finite, above 0.
  public mutating func laplace(scale: Double) -> Double {
    precondition(scale > 0 && scale.isFinite, "scale must be finite and above 0, not \(scale)")
    return gsl_ran_laplace(generator, scale)
  }
}

/// Laplace noise on the whole numbers: x with probability proportional to e^(-|x| / scale), exactly (Canonne,
/// Kamath & Steinke, The discrete Gaussian for differential privacy, NeurIPS 2020, algorithm 2).
///
/// The scale is a fraction; no floating-point number takes part in a draw. How long a draw takes depends on
/// its value.
public struct DiscreteLaplace: Hashable, Sendable {
  /// Numerator over denominator.
  public let scale: RationalVariance

  public init(scale: RationalVariance) { self.scale = scale }

  /// With t / s the scale, a whole number x >= 0 that has probability proportional to e^(-x / t) is u + t v,
  /// where u < t is kept with probability e^(-u / t) and v counts successes of probability 1 / e; floor(x / s)
  /// then is what is wanted, but for its sign.
  public func sample(from stream: inout RandomStream) -> Int {
    let (t, s) = (Int(scale.numerator), Int(scale.denominator))
    while true {
      let remainder = stream.uniformInteger(below: t)
      guard stream.bernoulli(expMinus: UInt128(remainder), over: UInt128(t)) else { continue }
      var multiple = 0
      while stream.bernoulli(expMinus: 1, over: 1) { multiple += 1 }
      let magnitude = (remainder + t * multiple) / s
      // Zero has one sign.
      let isNegative = stream.uniformInteger(below: 2) == 1
      if isNegative && magnitude == 0 { continue }
      return isNegative ? -magnitude : magnitude
    }
  }
}
