internal import LinearAlgebra
public import Mechanisms
internal import Randomness

/// One model on its way: its parameters, and all that they depend on from round to round.
public struct ModelInTraining {
  public private(set) var parameters: [Float]
  private var mechanism: any NoiseMechanism
  private var optimizer: Optimizer
  private var average: ParameterAverage
  /// nil without control variates.
  private var controlVariate: ServerControlVariate?
  /// The sum of all released sums so far, each over its clipping norm where there is one: where an audit
  /// looks for its canaries. Empty where nobody follows the releases.
  public private(set) var releaseTotal: [Double] = []
  private let keys: NoiseKeys
  private let sum: ClippedSum

  /// - Parameters:
  ///   - layers: where the model's layers lie; together they fill the parameters.
  ///   - controlVariate: the server's, before the first round.
  ///   - followsReleases: whether there is a ``releaseTotal``.
  public init(
    initialParameters: [Float], layers: [Range<Int>], mechanism: any NoiseMechanism,
    optimizer: Optimizer, averaging: Averaging = .none,
    controlVariate: ServerControlVariate? = nil, followsReleases: Bool = false, keys: NoiseKeys
  ) {
    parameters = initialParameters
    self.mechanism = mechanism
    self.optimizer = optimizer
    average = ParameterAverage(averaging, initialParameters: initialParameters)
    self.controlVariate = controlVariate
    self.keys = keys
    let count = initialParameters.count
    precondition(layers.last?.upperBound ?? 0 == count, "layers fill the parameters")
    precondition(controlVariate.map { $0.value.count == count } ?? true, "one element a parameter")
    sum = mechanism.makeSum(
      layers: controlVariate == nil
        ? layers : layers + layers.map { $0.lowerBound + count..<$0.upperBound + count })
    if followsReleases { releaseTotal = [Double](repeating: 0, count: sum.dimension) }
  }

  /// The parameters to evaluate: the average where there is one.
  public var evaluatedParameters: [Float] { average.parameters(last: parameters) }

  /// The clipping norm of the next round, where it adapts. It follows from releases alone.
  public var adaptiveClippingNorm: Double? {
    (mechanism as? AdaptiveGaussianMechanism)?.clippingNorm
  }

  /// - Precondition: there are no control variates, of which clients keep a part.
  public var checkpoint: TrainingCheckpoint {
    precondition(controlVariate == nil, "a training with control variates cannot be gone on with")
    return TrainingCheckpoint(
      parameters: parameters, optimizer: optimizer.state, average: average.state,
      clippingNorm: adaptiveClippingNorm,
      releaseTotal: releaseTotal.isEmpty ? nil : releaseTotal)
  }

  /// Goes on from where another training of the same settings had come to, to the last bit. Throws and
  /// changes nothing where that cannot be.
  public mutating func restore(_ checkpoint: TrainingCheckpoint) throws(TrainingStateError) {
    guard controlVariate == nil else { throw .controlVariates }
    try TrainingStateError.check(
      checkpoint.parameters.count, is: parameters.count, "parameters")
    try TrainingStateError.check(
      checkpoint.releaseTotal?.count ?? 0, is: releaseTotal.count, "elements of the releases' sum")
    var (optimizer, average) = (optimizer, average)
    try optimizer.restore(checkpoint.optimizer)
    try average.restore(checkpoint.average)
    switch (mechanism as? AdaptiveGaussianMechanism, checkpoint.clippingNorm) {
    case (nil, nil): break
    case (let adaptive?, let clippingNorm?) where (1e-30...1e30).contains(clippingNorm):
      mechanism = adaptive.resumed(atClippingNorm: clippingNorm)
    case (_, let clippingNorm): throw .clippingNorm(given: clippingNorm)
    }
    parameters = checkpoint.parameters
    releaseTotal = checkpoint.releaseTotal ?? []
    self.optimizer = optimizer
    self.average = average
  }

  /// This model's copy at a silo, which trains there by plain descent.
  func copy(atSilo silo: Int, learningRate: Double) -> ModelInTraining {
    precondition(
      adaptiveClippingNorm == nil && controlVariate == nil, "silos keep nothing of their own")
    return ModelInTraining(
      initialParameters: parameters, layers: sum.layers, mechanism: mechanism,
      optimizer: Optimizer(
        OptimizerSettings(.sgd(momentum: 0, nesterov: false), learningRate: learningRate),
        rounds: .max, parameterCount: parameters.count),
      keys: keys.silo(silo))
  }

  /// Starts a silo's copy from the global model.
  mutating func start(from global: ModelInTraining) { parameters = global.parameters }

  /// Follows the mean of the models that were trained from it.
  mutating func step(toward mean: [Float], round: Int) {
    optimizer.apply(mean: mean, to: &parameters, round: round)
    average.include(parameters, round: round)
  }

  func begin(round: Int) -> ModelInRound {
    mechanism.prepare(sum, noise: keys.noise(round: round))
    return ModelInRound(
      parameters: parameters, controlVariate: controlVariate?.value ?? [], sum: sum)
  }

  func release(round: Int, expectedCohortSize: Double, workers: Workers) -> PrivateUpdate {
    mechanism.release(
      sum, expectedCohortSize: expectedCohortSize, noise: keys.noise(round: round),
      workers: workers)
  }

  /// Adds a release to ``releaseTotal``, whether or not the model steps.
  mutating func follow(_ release: Release, expectedCohortSize: Double) {
    guard !releaseTotal.isEmpty else { return }
    let norm = if case .clipped(let clippingNorm, _) = sum.bound { clippingNorm } else { 1.0 }
    add(release.mean, scale: expectedCohortSize / norm, to: &releaseTotal)
  }

  /// Moves the model along the released mean of updates that weigh so much in expectation.
  mutating func step(
    _ release: Release, round: Int, expectedCohortSize: Double, expectedWeight: Double
  ) {
    var mean = release.mean
    if expectedWeight != 1 { mean = mean.map { Float(Double($0) / expectedWeight) } }
    if controlVariate != nil {
      controlVariate?.follow(mean[parameters.count...], expectedCohortSize: expectedCohortSize)
      mean.removeLast(parameters.count)
    }
    optimizer.apply(mean, to: &parameters, round: round)
    average.include(parameters, round: round)
    mechanism = mechanism.next(after: release)
  }
}
