internal import Statistics

/// What an estimated difference says, in words.
public enum DifferenceVerdict: String, Hashable, Sendable, Encodable {
  case higher
  case lower
  /// Its own interval leaves 0 out; among all differences of the table that may be chance.
  case higherAlone = "higher-alone"
  case lowerAlone = "lower-alone"
  /// Its interval covers 0.
  case cannotBeToldApart = "cannot-be-told-apart"
  /// Both are the same trials.
  case same
  /// There are too few replicates for an interval.
  case unknown

  /// - Parameter adjustedPValue: of the difference among all of its family.
  init(
    estimate: Double, interval: Interval?, adjustedPValue: Double?, confidence: Confidence
  ) {
    guard let interval, let adjustedPValue else {
      self = .unknown
      return
    }
    if interval.covers(0) {
      self = .cannotBeToldApart
    } else if adjustedPValue <= 1 - confidence.level {
      self = estimate > 0 ? .higher : .lower
    } else {
      self = estimate > 0 ? .higherAlone : .lowerAlone
    }
  }
}

/// p-values of a family of tests by Holm, of which some could not be made.
func holmAdjusted(_ pValues: [Double?]) -> [Double?] {
  var adjusted = holmAdjusted(pValues.compactMap { $0 })[...]
  return pValues.map { $0.flatMap { _ in adjusted.popFirst() } }
}
