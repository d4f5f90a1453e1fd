/// Two numbers with the true one between them. The upper one is the guarantee, and is what to
/// publish; the lower one says how much of it an adversary can certainly use up.
public struct PrivacyBound: Hashable, Sendable {
  public let lower: Double
  /// At least ``lower``; infinite when nothing is guaranteed.
  public let upper: Double
  /// Why the two are farther apart than was asked for, if they are and the accountant can tell.
  public let limit: PrecisionLimit?

  /// Throws ``AccountingError/notAnInterval(lower:upper:)`` unless 0 <= lower <= upper.
  public init(
    lower: Double, upper: Double, limit: PrecisionLimit? = nil
  ) throws(AccountingError) {
    guard lower >= 0, lower <= upper else { throw .notAnInterval(lower: lower, upper: upper) }
    self.lower = lower
    self.upper = upper
    self.limit = limit
  }
}
