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
  private let participation: Participation
  private let keys: SharedKeys
  private let workers: Workers
  private var source: Source

  /// - Parameter participation: its ``Participation/fewestReports`` asks for a mechanism that counts, such as
  ///   ``CountedGaussianMechanism``, wherever the number of reports is secret.
  public init(
    models: [ModelInTraining], sampler: any CohortSampler, participation: Participation = .full,
    source: Source, keys: SharedKeys, workers: Workers = .one
  ) {
    self.models = models
    self.sampler = sampler
    self.participation = participation
    self.source = source
    self.keys = keys
    self.workers = workers
  }

  public var canResume: Bool { source.canResume }

  /// Starts every model from another one's parameters.
  mutating func start(from others: [ModelInTraining]) {
    for index in models.indices { models[index].start(from: others[index]) }
  }

  /// One round. An empty cohort is a normal one: noised, charged and applied. Where fewer report than
  /// `participation` asks for, the server keeps its model; the release was made and charged all the
  /// same, so that the price of a run is a constant of its plan.
  ///
  /// - Parameters:
  ///   - round: from 1.
  ///   - recorders: one a model; each has the release's event before its value is used.
  /// - Returns: sensitive facts about the round, one entry a model, for `diagnostic_` columns alone.
  public mutating func runRound<Recorder: EventRecorder>(
    _ round: Int, charging recorders: inout [Recorder]
  ) throws(Recorder.Failure) -> [RoundDiagnostics] {
    precondition(recorders.count == models.count, "one recorder a model")
    // 1. Sample the cohort, and see who reports.
    let cohort = participation.cohort(
      of: sampler, population: source.population, round: round, keys: keys)

    // 2. Clip every reporting member's update into one sum, for each model its own.
    let inRound = models.map { $0.begin(round: round) }
    let outcomes = source.addUpdates(
      of: cohort.reporting, round: round, keys: keys, to: inRound, workers: workers)

    let expectedReports = participation.expectedReports(of: sampler)
    var diagnostics: [RoundDiagnostics] = []
    for index in models.indices {
      // 3. Release the sum with noise, and pay for it.
      let released = models[index].release(
        round: round, expectedCohortSize: expectedReports, workers: workers)
      let release = try released.charge(&recorders[index], amplified: sampler.amplified)
      models[index].follow(release, expectedCohortSize: expectedReports)

      // 4. Step the model, unless too few have reported.
      let reports = release.contributionCount ?? Double(cohort.reporting.count)
      let isSkipped = reports < Double(participation.fewestReports)
      if !isSkipped {
        models[index].step(
          release, round: round, expectedCohortSize: expectedReports,
          expectedWeight: source.expectedWeight)
      }
      diagnostics.append(
        RoundDiagnostics(
          cohortSize: cohort.reporting.count, outcomes: outcomes[index],
          bytesDown: 4 * inRound[index].sum.dimension * cohort.started.count,
          isSkipped: isSkipped))
    }
    return diagnostics
  }
}
