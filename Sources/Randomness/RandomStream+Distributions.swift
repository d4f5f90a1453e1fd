import CGSL

extension RandomStream {
  /// A Gaussian sample with mean 0.
  ///
  /// The polar method over 53-bit uniforms (`gsl_ran_gaussian`), not GSL's faster ziggurat, whose
  /// samples lie on a grid of 2³¹ values and repeat. It is a floating-point sample all the same:
  /// it does not by itself withstand attacks on the low bits of a release (Mironov, On significance
  /// of the least significant bits for differential privacy, CCS 2012).
  /// - Parameter standardDeviation: Absolute; finite, at least 0.
  public mutating func gaussian(standardDeviation: Double) -> Double {
    requireStandardDeviation(standardDeviation)
    return gsl_ran_gaussian(generator, standardDeviation)
  }

  /// A sample of the gamma distribution with mean `shape * scale` (`gsl_ran_gamma`: Marsaglia and
  /// Tsang, A simple method for generating gamma variables, ACM TOMS 2000).
  /// - Parameters:
  ///   - shape: Finite, above 0. A tiny shape gives tiny samples, which may round to 0.
  ///   - scale: Finite, above 0.
  public mutating func gamma(shape: Double, scale: Double) -> Double {
    precondition(shape > 0 && shape.isFinite, "shape must be finite and above 0, not \(shape)")
    precondition(scale > 0 && scale.isFinite, "scale must be finite and above 0, not \(scale)")
    return gsl_ran_gamma(generator, shape, scale)
  }

  /// A point of the probability simplex: non-negative shares that sum to 1 up to rounding
  /// (`gsl_ran_dirichlet`, which works with logarithms where gamma samples would underflow).
  ///
  /// As the concentrations go to 0, one share nears 1 and the others 0; as they grow, the shares
  /// near their means `concentration[i] / concentration.sum`.
  /// - Parameter concentration: At least one value, each in 1e-300 ... 1e300.
  public mutating func dirichlet(concentration: [Double]) -> [Double] {
    precondition(!concentration.isEmpty, "a Dirichlet distribution needs a concentration")
    for value in concentration {
      precondition(
        (1e-300...1e300).contains(value),
        "a concentration must lie in 1e-300 ... 1e300, not be \(value)")
    }
    return [Double](unsafeUninitializedCapacity: concentration.count) { shares, count in
      gsl_ran_dirichlet(generator, concentration.count, concentration, shares.baseAddress)
      count = concentration.count
    }
  }

  /// The number of successes in independent trials (`gsl_ran_binomial`: Kachitvichyanukul and
  /// Schmeiser, Binomial random variate generation, CACM 1988).
  /// - Parameters:
  ///   - trials: In 0 ... 2³¹ - 1.
  ///   - probability: Of one success, in [0, 1].
  public mutating func binomial(trials: Int, probability: Double) -> Int {
    precondition(
      (0...Int(Int32.max)).contains(trials), "trials must lie in 0 ... 2^31 - 1, not be \(trials)")
    precondition(
      (0...1).contains(probability), "probability must lie in [0, 1], not be \(probability)")
    return Int(gsl_ran_binomial(generator, probability, UInt32(trials)))
  }

  func requireStandardDeviation(_ standardDeviation: Double) {
    precondition(
      standardDeviation >= 0 && standardDeviation.isFinite,
      "standardDeviation must be finite and at least 0, not \(standardDeviation)")
  }
}
