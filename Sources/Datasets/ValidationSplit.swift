public import Randomness

/// Training examples held out to tune on, so that the test set is used once.
///
/// The held-out examples are chosen uniformly at random without replacement, before the rest are
/// dealt to clients. How many are held out is public; which ones is not.
public struct ValidationSplit: Sendable {
  /// Positions of the examples that stay, ascending.
  public let training: [Int32]

  /// Positions of the examples held out, ascending.
  public let validation: [Int32]

  /// Holds out `count` of `exampleCount` examples.
  ///
  /// - Parameters:
  ///   - count: 0 to `exampleCount - 1`.
  ///   - exampleCount: at least 1.
  ///   - key: the same key and counts give the same split.
  /// - Throws: ``DatasetError/validationCountOutOfRange(given:exampleCount:)``.
  public init(
    holdingOut count: Int, of exampleCount: Int, key: StreamKey
  ) throws(DatasetError) {
    guard count >= 0, count < exampleCount else {
      throw .validationCountOutOfRange(given: count, exampleCount: exampleCount)
    }
    var random = RandomStream(key)
    let heldOut = random.sampleWithoutReplacement(count, outOf: exampleCount)
    var isHeldOut = [Bool](repeating: false, count: exampleCount)
    for position in heldOut { isHeldOut[position] = true }
    validation = heldOut.map { Int32($0) }
    training = (0..<exampleCount).filter { !isHeldOut[$0] }.map { Int32($0) }
  }
}
