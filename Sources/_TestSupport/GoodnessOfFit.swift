import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Two-sided p-values of observations under a hypothesis, to be held against ``AlarmBudget``. NaN is never plausible: its p-value is 0.
public enum GoodnessOfFit {
  /// Kolmogorov and Smirnov's test of a sample against a continuous distribution function.
  ///
  /// The limit distribution at (√n + 0.12 + 0.11/√n) D (Stephens, J. R. Stat. Soc. B 1970): good
  /// to a few per cent from a hundred samples on.
  public static func kolmogorovSmirnov(
    _ sample: [Double], against distribution: (Double) -> Double
  ) -> Double {
    let n = Double(sample.count)
    var distance = 0.0
    for (index, value) in sample.sorted().enumerated() {
      let probability = distribution(value)
      if !(0...1).contains(probability) { return 0 }
      let below = probability - Double(index) / n
      let above = Double(index + 1) / n - probability
      distance = max(distance, below, above)
    }
    return kolmogorovUpperTail((n.squareRoot() + 0.12 + 0.11 / n.squareRoot()) * distance)
  }

  /// The probability that Kolmogorov's limit distribution exceeds `x`: 2 Σ (-1)^(k-1) exp(-2k²x²).
  static func kolmogorovUpperTail(_ x: Double) -> Double {
    // Below 0.2 the result is 1 to double precision, and the series converges slowly.
    if x < 0.2 { return 1 }
    var tail = 0.0
    for k in 1...40 {
      let term = 2 * exp(-2 * Double(k * k) * x * x)
      tail += k.isMultiple(of: 2) ? -term : term
    }
    return min(max(tail, 0), 1)
  }

  /// Pearson's test of counts against their expectations, which have the same sum.
  ///
  /// Every expectation should be 5 or more.
  public static func chiSquare(observed: [Int], expected: [Double]) -> Double {
    precondition(observed.count == expected.count && observed.count >= 2)
    var statistic = 0.0
    for (observed, expected) in zip(observed, expected) {
      let difference = Double(observed) - expected
      statistic += difference * difference / expected
    }
    return gsl_cdf_chisq_Q(statistic, Double(observed.count - 1))
  }

  /// A statistic that is standard normal under the hypothesis.
  public static func standardNormal(_ z: Double) -> Double {
    z.isNaN ? 0 : 2 * gsl_cdf_ugaussian_Q(abs(z))
  }

  /// Student's test that two samples of normal numbers of one variance have one mean.
  public static func equalMeans(_ one: [Double], _ other: [Double]) -> Double {
    func mean(_ sample: [Double]) -> Double { sample.reduce(0, +) / Double(sample.count) }
    func squares(_ sample: [Double]) -> Double {
      let mean = mean(sample)
      return sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let freedom = Double(one.count + other.count - 2)
    let variance = (squares(one) + squares(other)) / freedom
    let error = (variance * (1 / Double(one.count) + 1 / Double(other.count))).squareRoot()
    let statistic = (mean(one) - mean(other)) / error
    return statistic.isNaN ? 0 : 2 * gsl_cdf_tdist_Q(abs(statistic), freedom)
  }

  /// The sum of squares of independent standard normal numbers, exactly: a chi-square test of their
  /// variance.
  public static func unitVariance(_ sample: [Double]) -> Double {
    let squares = sample.reduce(0) { $0 + $1 * $1 }
    if squares.isNaN { return 0 }
    let n = Double(sample.count)
    return min(1, 2 * min(gsl_cdf_chisq_P(squares, n), gsl_cdf_chisq_Q(squares, n)))
  }

  /// The number of successes in independent trials, exactly.
  public static func binomial(successes: Int, trials: Int, probability: Double) -> Double {
    let successes = UInt32(successes)
    let trials = UInt32(trials)
    let atMost = gsl_cdf_binomial_P(successes, probability, trials)
    let atLeast =
      successes == 0 ? 1 : gsl_cdf_binomial_Q(successes - 1, probability, trials)
    return min(1, 2 * min(atMost, atLeast))
  }
}
