public import Statistics

/// What is asked of a run's replicates.
public struct StatisticsTerms: Hashable, Sendable, Encodable {
  public let method: IntervalMethod
  public let confidence: Confidence
  /// Of the intervals that are wanted, as a share of all examples; positive.
  public let halfWidth: Double

  public init(
    method: IntervalMethod = .student, confidence: Confidence = .ninetyFivePercent,
    halfWidth: Double = 0.002
  ) {
    precondition(halfWidth > 0, "a wanted width is positive")
    self.method = method
    self.confidence = confidence
    self.halfWidth = halfWidth
  }

  private enum CodingKeys: String, CodingKey {
    case interval
    case confidence
    case halfWidth = "half_width"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(method.rawValue, forKey: .interval)
    try fields.encode(confidence.level, forKey: .confidence)
    try fields.encode(halfWidth, forKey: .halfWidth)
  }
}
