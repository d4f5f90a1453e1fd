import SpecialMath
import Testing

@Suite struct StudentTests {
  /// scipy.stats.t.sf of SciPy 1.17.1.
  @Test(arguments: [
    (0.0, 3.0, 0.5),
    (2.7764451051977987, 4, 0.024999999999999883),
    (-1, 2.5, 0.7979694863608632),
    (40, 1, 0.007956089912025812),
    (10, 30, 2.287625704114809e-11),
  ])
  func tails(value: Double, degreesOfFreedom: Double, tail: Double) {
    #expect(
      abs(studentUpperTail(value, degreesOfFreedom: degreesOfFreedom) / tail - 1) < 1e-12)
  }

  @Test(arguments: [0.001, 0.025, 0.4], [1.0, 2.38, 9, 500])
  func quantilesAndTailsAreInverse(tail: Double, degreesOfFreedom: Double) {
    let value = studentQuantile(upperTail: tail, degreesOfFreedom: degreesOfFreedom)
    #expect(abs(studentUpperTail(value, degreesOfFreedom: degreesOfFreedom) / tail - 1) < 1e-9)
  }

  /// scipy.stats.norm.ppf of SciPy 1.17.1.
  @Test(arguments: [(0.5, 0.0), (0.975, 1.959963984540054), (1e-10, -6.361340902404056)])
  func normalQuantiles(probability: Double, quantile: Double) {
    #expect(abs(StandardNormal.quantile(probability) - quantile) < 1e-12)
  }

  @Test func normalQuantilesEndAtInfinity() {
    #expect(StandardNormal.quantile(0) == -.infinity && StandardNormal.quantile(1) == .infinity)
  }
}
