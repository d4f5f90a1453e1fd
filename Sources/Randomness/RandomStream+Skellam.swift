import CGSL

extension RandomStream {
  /// A Poisson sample (`gsl_ran_poisson`: Ahrens and Dieter, Computer methods for sampling from gamma,
  /// beta, Poisson and binomial distributions, Computing 1974).
  ///
  /// It is made of floating-point samples, so its probabilities are right up to rounding and not
  /// exactly.
  /// - Parameter mean: In [0, 2³⁰].
  public mutating func poisson(mean: Double) -> Int {
    precondition((0...0x1p30).contains(mean), "a mean must lie in [0, 2^30], not be \(mean)")
    return Int(gsl_ran_poisson(generator, mean))
  }

  /// A Skellam sample: the difference of two Poisson samples, with mean 0. Sums of independent Skellam
  /// samples are Skellam samples whose variances add up.
  ///
  /// As exact as ``poisson(mean:)``, and not more.
  /// - Parameter variance: In [0, 2³¹].
  public mutating func skellam(variance: Double) -> Int {
    poisson(mean: variance / 2) - poisson(mean: variance / 2)
  }
}
