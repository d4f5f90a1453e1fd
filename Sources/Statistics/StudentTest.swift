internal import SpecialMath

extension Sample {
  /// The two-sided Student interval of the mean: mean -+ t s / sqrt(n), where t leaves half of what the
  /// confidence lacks above it, with n - 1 degrees of freedom (Student, The probable error of a mean,
  /// Biometrika 1908). nil for a single value.
  public func studentInterval(confidence: Confidence) -> Interval? {
    standardError.map {
      Interval(
        center: mean,
        halfWidth: $0
          * studentQuantile(
            upperTail: confidence.upperTail, degreesOfFreedom: Double(count - 1)))
    }
  }
}

/// How often Student's statistic is at least as far from 0, on either side, if the truth is 0: the
/// p-value of an estimate. Where nothing varies it is 1 for an estimate of 0, and 0 for any other.
func studentPValue(estimate: Double, standardError: Double, degreesOfFreedom: Double) -> Double {
  guard standardError > 0 else { return estimate == 0 ? 1 : 0 }
  return 2
    * studentUpperTail(abs(estimate) / standardError, degreesOfFreedom: degreesOfFreedom)
}
