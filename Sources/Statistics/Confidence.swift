/// How often intervals are to cover what they are about.
public struct Confidence: Hashable, Sendable {
  /// In (0, 1).
  public let level: Double

  public static let ninetyFivePercent = Confidence(unchecked: 0.95)

  /// nil where `level` is not in (0, 1).
  public init?(_ level: Double) {
    guard level > 0, level < 1 else { return nil }
    self.level = level
  }

  private init(unchecked level: Double) { self.level = level }

  /// The probability above an interval that leaves as much below it.
  var upperTail: Double { (1 - level) / 2 }
}
