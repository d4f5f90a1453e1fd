internal import LinearAlgebra
internal import Randomness

/// A public random rotation: every value gets a random sign, and then the Walsh-Hadamard transform mixes
/// them all (Ailon & Chazelle 2006), so that no coordinate of a long vector sticks out.
struct RandomRotation: Hashable, Sendable {
  private let signs: [Float]

  /// - Parameter dimension: a power of two.
  init(dimension: Int, key: StreamKey) {
    var stream = RandomStream(key)
    signs = (0..<dimension).map { _ in stream.uniformInteger(below: 2) == 0 ? 1 : -1 }
  }

  func apply(to values: inout [Float]) {
    for index in values.indices { values[index] *= signs[index] }
    walshHadamardTransform(&values)
  }

  func undo(in values: inout [Float]) {
    walshHadamardTransform(&values)
    for index in values.indices { values[index] *= signs[index] }
  }
}
