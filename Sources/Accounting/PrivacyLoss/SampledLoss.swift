import Foundation

/// Which of the two neighbors the adversary's outputs come from.
enum LossDirection: CaseIterable {
  /// From the one with the unit: P = (1 - q) N + q N', Q = N, where N' is the shifted noise.
  case remove
  /// From the one without it: P = N, Q = (1 - q) N + q N'.
  case add
}

/// The privacy loss L = log(P / Q) of noise on Poisson-sampled cohorts in one direction: the pair
/// that dominates the sampled mechanism if N and N' dominate the noise (Zhu, Dong & Wang 2022,
/// Theorem 11).
///
/// L is monotone in the noise's own loss b: with Lambda = log(1 - q + q e^b) it is Lambda when the
/// unit is removed and -Lambda when it is added.
struct SampledLoss: Sendable {
  let noise: any NoiseLaw
  let samplingRate: Double
  let direction: LossDirection

  /// Lambda at b.
  func logMixture(_ b: Double) -> Double {
    if samplingRate == 1 { return b }
    let change = samplingRate * expm1(b)
    if change > -0.5 { return change.isFinite ? log1p(change) : b + log(samplingRate) }
    return log((1 - samplingRate) + samplingRate * exp(b))
  }

  /// b at Lambda, minus infinity where Lambda is not reached.
  func noiseLoss(atLogMixture lambda: Double) -> Double {
    if samplingRate == 1 { return lambda }
    let change = expm1(lambda) / samplingRate
    if change <= -1 { return -.infinity }
    return change.isFinite ? log1p(change) : lambda - log(samplingRate)
  }

  /// b where the privacy loss is `loss`.
  func noiseLoss(atLoss loss: Double) -> Double {
    switch direction {
    case .remove: noiseLoss(atLogMixture: loss)
    case .add: noiseLoss(atLogMixture: -loss)
    }
  }

  /// The privacy loss at b.
  func loss(atNoiseLoss b: Double) -> Double {
    switch direction {
    case .remove: logMixture(b)
    case .add: -logMixture(b)
    }
  }

  /// log P(b beyond a place) under P.
  func logMass(of tail: LossTail, beyondNoiseLoss b: Double) -> Double {
    let unshifted = noise.logMass(of: tail, beyond: b, isShifted: false)
    guard direction == .remove else { return unshifted }
    let shifted = noise.logMass(of: tail, beyond: b, isShifted: true)
    if samplingRate == 1 { return shifted }
    let larger = max(unshifted, shifted)
    guard larger > -.infinity else { return larger }
    return larger
      + log(
        (1 - samplingRate) * exp(unshifted - larger) + samplingRate * exp(shifted - larger))
  }

  /// The noise losses that matter when privacy losses above the range may have the probability
  /// e^`logLostMass`, and those below it weigh less than e^-46 of the rest.
  func noiseRange(logLostMass: Double) -> ClosedRange<Double> {
    switch direction {
    case .remove:
      noise.lossRange(logTailBelow: Self.logNegligible, logTailAbove: logLostMass)
    case .add:
      noise.lossRange(logTailBelow: logLostMass, logTailAbove: Self.logNegligible)
    }
  }

  /// The privacy losses of a range of noise losses.
  func lossRange(of noiseRange: ClosedRange<Double>) -> ClosedRange<Double> {
    let ends = (loss(atNoiseLoss: noiseRange.lowerBound), loss(atNoiseLoss: noiseRange.upperBound))
    return min(ends.0, ends.1)...max(ends.0, ends.1)
  }

  /// At least the largest privacy loss that there is, or infinity.
  var largestLoss: Double {
    let extreme = direction == .remove ? noise.largestLoss : noise.smallestLoss
    if extreme == -.infinity { return samplingRate == 1 ? .infinity : -log1p(-samplingRate) }
    return extreme == .infinity ? .infinity : loss(atNoiseLoss: extreme)
  }

  /// All privacy losses that there are, rising, if they are countable.
  var atomLosses: [Double]? {
    guard let atoms = noise.atomLosses else { return nil }
    let losses = atoms.map(loss(atNoiseLoss:))
    return direction == .remove ? losses : losses.reversed()
  }

  /// Whether the noise itself bounds the loss, on both sides.
  var isBounded: Bool { noise.largestLoss < .infinity && noise.smallestLoss > -.infinity }

  /// A distance of which all differences of losses are multiples, or at least that of the largest and
  /// the smallest, which bounded noise gives a positive probability.
  var latticeStep: Double? {
    guard isBounded else { return nil }
    if samplingRate == 1, let step = noise.latticeStep { return step }
    return abs(loss(atNoiseLoss: noise.largestLoss) - loss(atNoiseLoss: noise.smallestLoss))
  }

  private static let logNegligible = -46.0
}
