import CGSL
import Testing
import _TestSupport

/// Five checks: Kolmogorov and Smirnov's, and the first four moments.
///
/// The k-th sample moment of n standard normals has mean (k-1)!! for even k, 0 for odd k, and
/// variance (E x^2k - (E x^k)²) / n.
func expectStandardNormal(
  _ sample: [Double], sourceLocation: SourceLocation = #_sourceLocation
) {
  let p = GoodnessOfFit.kolmogorovSmirnov(sample, against: gsl_cdf_ugaussian_P)
  #expect(p > AlarmBudget.perCheck, "distribution", sourceLocation: sourceLocation)

  var sums = SIMD4<Double>()
  for x in sample {
    let square = x * x
    sums += SIMD4(x, square, square * x, square * square)
  }
  let n = Double(sample.count)
  let means = SIMD4<Double>(0, 1, 0, 3)
  let variances = SIMD4<Double>(1, 2, 15, 96)
  let z = (sums - n * means) / (n * variances).squareRoot()
  for moment in 1...4 {
    let p = GoodnessOfFit.standardNormal(z[moment - 1])
    #expect(p > AlarmBudget.perCheck, "moment \(moment)", sourceLocation: sourceLocation)
  }
}
