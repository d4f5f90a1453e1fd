public import Accounting
public import LinearAlgebra
internal import Mechanisms
internal import Randomness

/// Training with one release a round, of one model or of several side by side.
///
/// Models that share a data set, cohorts and batches pass over the inputs together; what each becomes
/// does not depend on which others there are.
public struct Trainer<Source: UpdateSource>: RoundTrainer {
  public private(set) var models: [ModelInTraining]
  private let sampler: any CohortSampler
  private let keys: SharedKeys
  private let workers: Workers
  private var source: Source

  public init(
    models: [ModelInTraining], sampler: any CohortSampler, source: Source, keys: SharedKeys,
    workers: Workers = .one
  ) {
    self.models = models
    self.sampler = sampler
    self.source = source
    self.keys = keys
    self.workers = workers
  }

  /// Starts every model from another one's parameters.
  mutating func start(from others: [ModelInTraining]) {
    for index in models.indices { models[index].start(from: others[index]) }
  }

  /// One round. An empty cohort is a normal one: noised, charged and applied.
  ///
  /// - Parameters:
  ///   - round: from 1.
  ///   - recorders: one a model; each has the release's event before its value is used.
  /// - Returns: sensitive facts about the round, one entry a model, for `diagnostic_` columns alone.
  public mutating func runRound<Recorder: EventRecorder>(
    _ round: Int, charging recorders: inout [Recorder]
  ) throws(Recorder.Failure) -> [RoundDiagnostics] {
    precondition(recorders.count == models.count, "one recorder a model")
    // 1. Sample the cohort.
    let cohort = sampler.cohort(from: source.population, key: keys.cohort(round: round))

    // 2. Clip every member's update into one sum, for each model its own.
    let outcomes = source.addUpdates(
      of: cohort, round: round, keys: keys, to: models.map { $0.begin() }, workers: workers)

    for index in models.indices {
      // 3. Release the sum with noise, and pay for it.
      let released = models[index].release(
        round: round, expectedCohortSize: sampler.expectedCohortSize, workers: workers)
      let release = try released.charge(&recorders[index], amplified: sampler.amplified)

      // 4. Step the model.
      models[index].step(release, round: round)
    }
    return outcomes.map { RoundDiagnostics(cohortSize: cohort.count, outcomes: $0) }
  }
}
