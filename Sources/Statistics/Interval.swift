/// The numbers between two ends, both of them included.
public struct Interval: Hashable, Sendable {
  public let lower: Double
  public let upper: Double

  /// - Precondition: `lower` is not above `upper`.
  public init(lower: Double, upper: Double) {
    precondition(!(lower > upper), "an interval's lower end is not above its upper one")
    self.lower = lower
    self.upper = upper
  }

  init(center: Double, halfWidth: Double) {
    self.init(lower: center - halfWidth, upper: center + halfWidth)
  }

  public func covers(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// How an interval of a mean is found.
public enum IntervalMethod: String, CaseIterable, Sendable {
  /// From the standard error and Student's distribution: exact for means of Gaussian values.
  case student
  /// From means of samples drawn from the sample; see ``Sample/bootstrapInterval(confidence:)``.
  case bootstrap
}

extension Sample {
  /// An interval of the mean; nil for a single value, which says nothing of its own spread.
  public func interval(_ method: IntervalMethod, confidence: Confidence) -> Interval? {
    switch method {
    case .student: studentInterval(confidence: confidence)
    case .bootstrap: bootstrapInterval(confidence: confidence)
    }
  }
}
