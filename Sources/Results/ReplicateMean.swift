internal import SpecialMath

/// The mean of a number over replicates, and how well it is known.
public struct ReplicateMean: Hashable, Sendable {
  public let mean: Double
  /// Of the mean; nil for a single replicate.
  public let standardError: Double?
  /// Two-sided 95 % Student interval of the mean; nil for a single replicate.
  public let lower: Double?
  public let upper: Double?

  static let confidence = 0.95

  /// - Precondition: there is at least one value.
  public init(of values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    guard values.count > 1 else {
      standardError = nil
      lower = nil
      upper = nil
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let standardError = (squares / (count - 1) / count).squareRoot()
    let halfWidth =
      standardError
      * studentQuantile(upperTail: (1 - Self.confidence) / 2, degreesOfFreedom: count - 1)
    self.standardError = standardError
    lower = mean - halfWidth
    upper = mean + halfWidth
  }
}
