/// What can be wrong with the constants of adaptive clipping.
public enum AdaptiveClippingError: Error, Hashable, Sendable {
  /// The count alone says more than the whole release may: `countStandardDeviation` must exceed half
  /// of `noiseMultiplier`.
  case countIsTooExact(countStandardDeviation: Double, noiseMultiplier: Double)
}

extension AdaptiveClippingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .countIsTooExact(let countStandardDeviation, let noiseMultiplier):
      """
      the count's standard deviation is \(countStandardDeviation); for the noise multiplier \
      \(noiseMultiplier) it must be greater than \(noiseMultiplier / 2)
      """
    }
  }
}
