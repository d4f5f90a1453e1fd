internal import CGSL

extension StandardNormal {
  /// The value below which a standard normal variable lies with this probability, and its infinite ends
  /// at 0 and 1 (`gsl_cdf_ugaussian_Pinv`: Wichura, algorithm AS 241, Applied Statistics 1988).
  ///
  /// - Parameter probability: in [0, 1].
  public static func quantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability), "a probability is from 0 to 1")
    return gsl_cdf_ugaussian_Pinv(probability)
  }
}
