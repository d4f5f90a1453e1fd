/// Values of independent repetitions of one thing.
public struct Sample: Hashable, Sendable {
  public let values: [Double]
  public let mean: Double
  /// The unbiased estimate, over one less than the count; nil for a single value.
  public let variance: Double?

  /// - Precondition: at least one value. One that is not finite makes nothing but `nan` of the rest.
  public init(_ values: [Double]) {
    precondition(!values.isEmpty, "a sample has a value")
    self.values = values
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    variance = values.count > 1 ? squares / Double(values.count - 1) : nil
  }

  public var count: Int { values.count }

  public var standardDeviation: Double? { variance.map { $0.squareRoot() } }

  /// Of the mean.
  public var standardError: Double? { variance.map { ($0 / Double(count)).squareRoot() } }
}
