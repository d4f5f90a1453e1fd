/// What is declared of examples that come as numbers: public, and checked when they are read.
public struct ExampleSchema: Hashable, Sendable {
  /// Of one example.
  public let shape: ExampleShape

  /// Labels are 0 to `classCount - 1`.
  public let classCount: Int

  /// How many people, sites or devices the examples belong to; nil where that is not read.
  public let userCount: Int?

  /// Values are clipped to the bounds and scaled so that they become 0 and 1; nil leaves them as they
  /// are, or reads bytes as 0 to 1.
  public let bounds: ClosedRange<Double>?

  public var featureCount: Int { shape.featureCount }

  /// - Precondition: 2 to 256 classes, 1 to 2^31 - 1 users, and bounds that
  ///   are finite, as their distance is, and differ.
  public init(
    shape: ExampleShape, classCount: Int, userCount: Int? = nil, bounds: ClosedRange<Double>? = nil
  ) {
    precondition((2...256).contains(classCount), "a byte holds 2 to 256 classes")
    precondition(userCount.map { (1...Int(Int32.max)).contains($0) } ?? true)
    precondition(bounds?.isScale ?? true, "bounds are finite and differ")
    self.shape = shape
    self.classCount = classCount
    self.userCount = userCount
    self.bounds = bounds
  }

  var ignoringUsers: ExampleSchema {
    ExampleSchema(shape: shape, classCount: classCount, bounds: bounds)
  }

  /// The feature of a value: nil where it is not finite, or beyond what a Float holds.
  func feature(_ value: Double) -> Float? {
    guard value.isFinite else { return nil }
    let feature = bounds?.scale(value) ?? Float(value)
    return feature.isFinite ? feature : nil
  }
}

extension ClosedRange<Double> {
  /// Whether the ends are finite, as their distance is, and differ.
  var isScale: Bool { lowerBound < upperBound && (upperBound - lowerBound).isFinite }

  /// Clips a finite value to the range, then maps its ends to 0 and 1.
  func scale(_ value: Double) -> Float {
    let clipped = Swift.min(Swift.max(value, lowerBound), upperBound)
    return Float((clipped - lowerBound) / (upperBound - lowerBound))
  }
}
