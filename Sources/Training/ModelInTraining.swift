internal import LinearAlgebra
public import Mechanisms
internal import Randomness

/// One model on its way: its parameters, and all that they depend on from round to round.
public struct ModelInTraining {
  public private(set) var parameters: [Float]
  private var mechanism: any NoiseMechanism
  private var optimizer: Optimizer
  private var average: ParameterAverage
  private let keys: NoiseKeys
  private let sum: ClippedSum

  /// - Parameter layers: where the model's layers lie; together they fill the parameters.
  public init(
    initialParameters: [Float], layers: [Range<Int>], mechanism: any NoiseMechanism,
    optimizer: Optimizer, averaging: Averaging = .none, keys: NoiseKeys
  ) {
    parameters = initialParameters
    self.mechanism = mechanism
    self.optimizer = optimizer
    average = ParameterAverage(averaging, initialParameters: initialParameters)
    self.keys = keys
    sum = mechanism.makeSum(layers: layers)
    precondition(sum.dimension == initialParameters.count, "layers fill the parameters")
  }

  /// The parameters to evaluate: the average where there is one.
  public var evaluatedParameters: [Float] { average.parameters(last: parameters) }

  /// The clipping norm of the next round, where it adapts. It follows from releases alone.
  public var adaptiveClippingNorm: Double? {
    (mechanism as? AdaptiveGaussianMechanism)?.clippingNorm
  }

  func begin() -> ModelInRound {
    mechanism.prepare(sum)
    return ModelInRound(parameters: parameters, sum: sum)
  }

  func release(round: Int, expectedCohortSize: Double, workers: Workers) -> PrivateUpdate {
    mechanism.release(
      sum, expectedCohortSize: expectedCohortSize, noise: keys.noise(round: round),
      workers: workers)
  }

  mutating func step(_ release: Release, round: Int) {
    optimizer.apply(release.mean, to: &parameters, round: round)
    average.include(parameters, round: round)
    mechanism = mechanism.next(after: release)
  }
}
