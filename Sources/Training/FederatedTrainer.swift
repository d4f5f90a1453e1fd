public import Accounting
public import Mechanisms
internal import Randomness

/// Federated averaging with one release a round.
public struct FederatedTrainer<Source: UpdateSource> {
  public private(set) var parameters: [Float]
  private let sampler: any CohortSampler
  /// The next round's; it changes with what is released, if its clipping adapts.
  public private(set) var mechanism: any NoiseMechanism
  private let keys: RoundKeys
  private var source: Source
  private var optimizer: Optimizer
  private var average: ParameterAverage
  private var update: [Float]

  public init(
    initialParameters: [Float], sampler: any CohortSampler, mechanism: any NoiseMechanism,
    optimizer: Optimizer, averaging: Averaging = .none, source: Source, keys: RoundKeys
  ) {
    parameters = initialParameters
    self.sampler = sampler
    self.mechanism = mechanism
    self.optimizer = optimizer
    average = ParameterAverage(averaging, initialParameters: initialParameters)
    self.source = source
    self.keys = keys
    update = [Float](repeating: 0, count: initialParameters.count)
  }

  /// The model to evaluate: the average of the models so far, or the last one without averaging.
  public var evaluatedParameters: [Float] { average.parameters(last: parameters) }

  /// One round. An empty cohort is a normal one: noised, charged and applied.
  ///
  /// - Parameters:
  ///   - round: from 1.
  ///   - recorder: has the release's event before its value is used.
  /// - Returns: sensitive facts about the round, for `diagnostic_` columns alone.
  public mutating func runRound<Recorder: EventRecorder & ~Copyable>(
    _ round: Int, charging recorder: inout Recorder
  ) throws(Recorder.Failure) -> RoundDiagnostics {
    // 1. Sample the cohort.
    let cohort = sampler.cohort(from: source.population, key: keys.cohort(round: round))

    // 2. Clip every member's update into one sum.
    var sum = mechanism.makeSum(dimension: parameters.count)
    var diagnostics = RoundDiagnostics(cohortSize: cohort.count)
    for unit in cohort {
      source.update(
        ofUnit: unit, from: parameters, key: keys.batches(round: round, client: unit),
        into: &update)
      diagnostics.note(sum.add(clipping: update))
    }

    // 3. Release the sum with noise, and pay for it.
    var noise = RandomStream(keys.noise(round: round))
    let released = mechanism.release(
      sum, expectedCohortSize: sampler.expectedCohortSize, noise: &noise)
    let release = try released.charge(&recorder, amplified: sampler.amplified)

    // 4. Step the global model, and adapt the mechanism.
    optimizer.apply(release.mean, to: &parameters, round: round)
    average.include(parameters, round: round)
    mechanism = mechanism.next(after: release)
    return diagnostics
  }
}
