internal import SpecialMath

/// The mean of one sample less that of another with a spread of its own, where nothing pairs their
/// values (Welch, The generalization of "Student's" problem when several different population variances
/// are involved, Biometrika 1947).
public struct WelchDifference: Hashable, Sendable {
  public let estimate: Double
  public let standardError: Double
  /// Satterthwaite's approximation; nil where nothing varies.
  public let degreesOfFreedom: Double?

  /// The second mean less the first; nil where a sample has a single value.
  public init?(from first: Sample, to second: Sample) {
    guard let firstVariance = first.variance, let secondVariance = second.variance else {
      return nil
    }
    let parts = [
      (firstVariance / Double(first.count), Double(first.count - 1)),
      (secondVariance / Double(second.count), Double(second.count - 1)),
    ]
    let variance = parts[0].0 + parts[1].0
    estimate = second.mean - first.mean
    standardError = variance.squareRoot()
    degreesOfFreedom =
      variance > 0
      ? 1 / parts.reduce(0) { $0 + ($1.0 / variance) * ($1.0 / variance) / $1.1 } : nil
  }

  /// The two-sided Student interval of the difference.
  public func interval(confidence: Confidence) -> Interval {
    guard let degreesOfFreedom else { return Interval(lower: estimate, upper: estimate) }
    return Interval(
      center: estimate,
      halfWidth: standardError
        * studentQuantile(upperTail: confidence.upperTail, degreesOfFreedom: degreesOfFreedom))
  }

  /// Of the two-sided test that there is no difference.
  public var pValue: Double {
    studentPValue(
      estimate: estimate, standardError: standardError, degreesOfFreedom: degreesOfFreedom ?? 1)
  }
}
