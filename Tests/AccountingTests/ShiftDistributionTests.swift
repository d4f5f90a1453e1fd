import Foundation
import Testing

@testable import Accounting

@Suite struct ShiftDistributionTests {
  // SciPy 1.17.1: scipy.stats.binom.logpmf(k, 30, 0.2) for k = 0, 6, 30.
  @Test func smallBinomialIsComplete() {
    let shift = ShiftDistribution(offset: 5, step: 2, trials: 30, rate: 0.2, resolution: 0)
    #expect(shift.points.count == 31)
    for (successes, reference) in [
      (0, -6.694306539426293), (6, -1.717816967437896), (30, -48.28313737302301),
    ] {
      #expect(shift.points[successes].shift == 5 + 2 * Double(successes))
      #expect(abs(shift.points[successes].logWeight - reference) < 1e-12)
    }
  }

  @Test(
    arguments: [(1_000_000, 0.01), (10_000_000, 1e-7), (100_000, 0.999), (1, 0.5)], [0.0, 0.1, 40])
  func roundingOnlyMakesShiftsSmaller(binomial: (trials: Int, rate: Double), resolution: Double) {
    let shift = ShiftDistribution(
      offset: 0, step: 0.01, trials: binomial.trials, rate: binomial.rate, resolution: resolution)
    let total = shift.points.reduce(0) { $0 + exp($1.logWeight) }
    let mean = shift.points.reduce(0) { $0 + $1.shift * exp($1.logWeight) }
    let trueMean = 0.01 * Double(binomial.trials) * binomial.rate
    #expect(abs(total - 1) < 1e-9)
    #expect(mean <= trueMean * (1 + 1e-9))
    #expect(mean >= trueMean * (1 - 1e-9) - resolution)
    #expect(zip(shift.points, shift.points.dropFirst()).allSatisfy { $0.shift < $1.shift })
  }
}
