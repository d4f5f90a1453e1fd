import CGSL
import Foundation

extension RandomStream {
  /// A sample of the truncated negative binomial law of Papernot & Steinke 2022, Definition 1: k = 1,
  /// 2, ... with probability proportional to (1 - gamma)^k times the product of (shape + l) / (l + 1)
  /// over l < k. Shape 1 is the geometric law, shape 0 the logarithmic one.
  ///
  /// Inverts the distribution function at one uniform number of 53 bits, from k = 1 upwards, so that
  /// it takes time in proportion to the sample; what is rarer than 2^-53 does not occur.
  /// - Parameters:
  ///   - shape: Finite, above -1.
  ///   - logInverseGamma: log(1 / gamma); finite, at least 0. At 0 every sample is 1.
  public mutating func truncatedNegativeBinomial(shape: Double, logInverseGamma: Double) -> Int {
    precondition(shape > -1 && shape.isFinite, "shape must be finite and above -1, not \(shape)")
    precondition(
      logInverseGamma >= 0 && logInverseGamma.isFinite,
      "logInverseGamma must be finite and at least 0, not \(logInverseGamma)")
    let uniform = gsl_rng_uniform(generator)
    let continuing = -expm1(-logInverseGamma)
    // The sum over k of P(k) / P(1) is the integral of e^((shape + 1) x) over 0 ... log(1 / gamma), over
    // 1 - gamma: (gamma^-shape - 1) / shape / (1 - gamma).
    let exponent = shape * logInverseGamma
    let integral =
      logInverseGamma * (abs(exponent) < 1e-9 ? 1 + exponent / 2 : expm1(exponent) / exponent)
    var probability = logInverseGamma > 0 ? continuing / integral : 1
    var sum = probability
    var count = 1
    while uniform >= sum {
      let next = probability * continuing * (shape + Double(count)) / Double(count + 1)
      guard sum + next > sum else { break }
      probability = next
      sum += next
      count += 1
    }
    return count
  }
}
