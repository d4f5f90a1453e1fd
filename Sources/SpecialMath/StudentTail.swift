internal import CGSL

/// The probability that a Student variable with so many degrees of freedom exceeds `value`, accurate
/// relative to itself far out (`gsl_cdf_tdist_Q`).
///
/// - Parameter degreesOfFreedom: positive; not whole in Welch's test.
public func studentUpperTail(_ value: Double, degreesOfFreedom: Double) -> Double {
  precondition(degreesOfFreedom > 0, "a Student variable has degrees of freedom")
  return gsl_cdf_tdist_Q(value, degreesOfFreedom)
}
