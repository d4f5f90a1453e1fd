import CGSL
import Testing

@testable import _TestSupport

@Suite struct GoodnessOfFitTests {
  /// SciPy 1.17.1, scipy.special.kolmogorov(x).
  @Test(arguments: [
    (0.1, 1.0), (0.5, 0.9639452436648751), (1.0, 0.26999967167735456),
    (3.2, 2.5508152590520792e-09),
  ])
  func kolmogorovTailAgreesWithSciPy(x: Double, probability: Double) {
    #expect(abs(GoodnessOfFit.kolmogorovUpperTail(x) - probability) <= 1e-12 * probability)
  }

  /// GSL's own Mersenne twister is uniform enough; squared, it is not.
  @Test func kolmogorovSmirnovTellsUniformFromSquared() {
    let generator = gsl_rng_alloc(cgsl_rng_mt19937())
    defer { gsl_rng_free(generator) }
    let uniforms = (0..<2000).map { _ in gsl_rng_uniform(generator) }
    #expect(GoodnessOfFit.kolmogorovSmirnov(uniforms) { $0 } > AlarmBudget.perCheck)
    #expect(GoodnessOfFit.kolmogorovSmirnov(uniforms.map { $0 * $0 }) { $0 } < 1e-30)
    #expect(GoodnessOfFit.kolmogorovSmirnov([0.2, .nan]) { $0 } == 0)
  }

  /// Mendel's peas: 315, 108, 101, 32 against 9:3:3:1 give a statistic of 0.470, p = 0.925
  /// (Fisher, Annals of Science 1936; SciPy 1.17.1, chisquare: 0.925425895103616).
  @Test func chiSquareOfMendelsPeas() {
    let p = GoodnessOfFit.chiSquare(
      observed: [315, 108, 101, 32], expected: [312.75, 104.25, 104.25, 34.75])
    #expect(abs(p - 0.925425895103616) < 1e-12)
  }

  @Test func normalPValueIsTwoSided() {
    #expect(abs(GoodnessOfFit.standardNormal(-1.959963984540054) - 0.05) < 1e-15)
    #expect(GoodnessOfFit.standardNormal(.nan) == 0)
  }

  /// The 5 % and 95 % points of chi-square with ten degrees of freedom are 3.940 and 18.307 (Pearson
  /// and Hartley, Biometrika Tables for Statisticians, 1954, table 8).
  @Test(arguments: [3.940, 18.307]) func varianceIsTestedOnBothSides(squares: Double) {
    let sample = [Double](repeating: (squares / 10).squareRoot(), count: 10)
    #expect(abs(GoodnessOfFit.unitVariance(sample) - 0.1) < 1e-4)
    #expect(GoodnessOfFit.unitVariance(sample + [.nan]) == 0)
  }

  /// Ten tosses of a fair coin: no head at all is one of 1024 outcomes, and so is ten heads.
  @Test func binomialPValueIsTwoSided() {
    #expect(
      abs(GoodnessOfFit.binomial(successes: 0, trials: 10, probability: 0.5) - 2.0 / 1024) < 1e-15)
    #expect(
      abs(GoodnessOfFit.binomial(successes: 10, trials: 10, probability: 0.5) - 2.0 / 1024) < 1e-15)
    #expect(GoodnessOfFit.binomial(successes: 5, trials: 10, probability: 0.5) == 1)
  }
}
