internal import CGSL

/// The value that a Student variable with so many degrees of freedom exceeds with probability
/// `upperTail`.
///
/// - Parameters:
///   - upperTail: in (0, 1).
///   - degreesOfFreedom: positive.
public func studentQuantile(upperTail: Double, degreesOfFreedom: Double) -> Double {
  precondition(upperTail > 0 && upperTail < 1 && degreesOfFreedom > 0, "outside the distribution")
  return gsl_cdf_tdist_Qinv(upperTail, degreesOfFreedom)
}
