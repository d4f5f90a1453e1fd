internal import LinearAlgebra
internal import Randomness

/// What happens to a clipped contribution before it leaves its unit, where it does not leave as it is.
public enum ContributionForm: Hashable, Sendable {
  /// It gets Gaussian noise of its own. The standard deviation is absolute.
  case noised(standardDeviation: Double, sampler: GaussianSampler)
  /// It becomes whole numbers, which are added modulo a power of two.
  case encoded(GridEncoding)

  /// Bytes that a contribution takes: of an update of so many elements in Float, or of the integers
  /// modulo 2^bits.
  public func byteCount(of dimension: Int) -> Int {
    switch self {
    case .noised: 4 * dimension
    case .encoded(let encoding): (encoding.bits * encoding.gridDimension + 7) / 8
    }
  }

  /// Elements of the sum, where updates have so many.
  func sumDimension(of dimension: Int) -> Int {
    switch self {
    case .noised: dimension
    case .encoded(let encoding): encoding.gridDimension
    }
  }
}

/// One round's random choices about how contributions leave.
struct ContributionRound: Sendable {
  let key: StreamKey
  /// Nil where nothing is rotated.
  let rotation: RandomRotation?

  /// - Parameter key: the round's; noise of the sum may come from its other branches.
  init(_ form: ContributionForm, key: StreamKey) {
    self.key = key
    switch form {
    case .noised: rotation = nil
    case .encoded(let encoding): rotation = encoding.rotation(key.child(.rotation))
    }
  }

  /// Adds a unit's clipped contribution to a sum in its form.
  func add(
    _ clipped: consuming [Double], from unit: Int, as form: ContributionForm,
    to total: inout [Double]
  ) {
    let key = key.child(.client, UInt64(unit))
    switch form {
    case .noised(let standardDeviation, let sampler):
      sampler.addNoise(to: &clipped, standardDeviation: standardDeviation, key: key)
      LinearAlgebra.add(clipped, to: &total)
    case .encoded(let encoding):
      var stream = RandomStream(key)
      let steps = encoding.encoded(clipped, rotation: rotation, rounding: &stream)
      LinearAlgebra.add(steps.map(Double.init), to: &total)
    }
  }
}
