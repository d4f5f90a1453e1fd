/// Where one of a model's arrays lies in its flat parameter buffer.
public struct ParameterView: Hashable, Sendable {
  /// Such as `dense1.weight`.
  public let name: String
  /// Row-major; what the sides are is said by the layer.
  public let shape: [Int]
  public let range: Range<Int>
  /// Whether it multiplies what the layer takes in: no bias, scale or shift. Penalties are on weights.
  public let isWeight: Bool

  /// - Precondition: every side is positive, and the offset 0 or greater.
  public init(name: String, shape: [Int], offset: Int, isWeight: Bool = false) {
    precondition(offset >= 0 && shape.allSatisfy { $0 > 0 }, "an array has no empty side")
    self.name = name
    self.shape = shape
    range = offset..<(offset + shape.reduce(1, *))
    self.isWeight = isWeight
  }
}
