/// Noise, told by what it says about a shift: the law of b = log(shifted density / density) where
/// the noise is not shifted.
///
/// The law is a measure on b. What is weighed by it is exact to the rounding that nodes declare:
/// atoms are atoms, and smooth parts are integrated panel by panel with a rule whose error is below
/// rounding (``LossNode``).
protocol NoiseLaw: Sendable {
  /// Losses, outside of which lies at most the probability e^`logTailBelow` on the low side and
  /// e^`logTailAbove` on the high side, with the shift and without.
  func lossRange(logTailBelow: Double, logTailAbove: Double) -> ClosedRange<Double>

  /// log P(b < `loss`), or of b > `loss`, at least.
  func logMass(of tail: LossTail, beyond loss: Double, isShifted: Bool) -> Double

  /// Nodes that stand for the law on (`lower`, `upper`], within a range of ``lossRange``.
  func appendNodes(between lower: Double, and upper: Double, to nodes: inout [LossNode])

  /// A rougher picture of the whole of `range`, good to a few percent, from low to high losses.
  func survey(of range: ClosedRange<Double>) -> [LossNode]

  /// Whether the loss with noise and shift exchanged has the same law.
  var isSymmetric: Bool { get }

  /// All losses that there are, rising, if they are countable.
  var atomLosses: [Double]? { get }

  /// If every loss is a multiple of one number, that number.
  var latticeStep: Double? { get }

  /// The largest loss that there is, or infinity.
  var largestLoss: Double { get }

  /// The smallest loss that there is, or minus infinity.
  var smallestLoss: Double { get }

  /// About the size of a typical loss.
  var scale: Double { get }

  /// About how many nodes the law needs in all; what is beyond affordable is refused.
  var nodeCount: Double { get }
}

extension NoiseLaw {
  var isSymmetric: Bool { true }
  var atomLosses: [Double]? { nil }
  var latticeStep: Double? { nil }
}

enum LossTail {
  case low
  case high
}

/// Some probability of noise without a shift, and the loss that it has.
struct LossNode {
  var logWeight: Double
  var loss: Double
  /// What rounding may have changed `loss` by.
  var lossError: Double
}

extension Double {
  /// The most that one rounding changes a number by, relative to it.
  static let unitRoundoff = ulpOfOne / 2
}
