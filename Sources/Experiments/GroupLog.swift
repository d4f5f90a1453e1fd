internal import Results
internal import Training

/// What a group in training has come to.
struct GroupLog {
  /// The last round that is through.
  private(set) var round: Int
  private(set) var updates: Int
  /// One list a trial.
  var measurements: [[FinishedTrial.Measurement]]
  /// One a trial.
  private(set) var tallies: [LinkTally]
  private let size: Int
  private let earlierSeconds: Double
  private let start = ContinuousClock.now
  private var lastCheckpoint = ContinuousClock.now

  init(of group: TrialGroup) {
    round = group.round
    updates = group.progress.first?.updates ?? 0
    earlierSeconds = group.progress.first?.seconds ?? 0
    measurements =
      group.progress.isEmpty ? group.trials.map { _ in [] } : group.progress.map(\.measurements)
    tallies =
      group.progress.isEmpty ? group.trials.map { _ in LinkTally() } : group.progress.map(\.tally)
    size = group.trials.count
  }

  /// Each trial's share of the time, that before an interruption included.
  var seconds: Double {
    earlierSeconds + (ContinuousClock.now - start) / .seconds(1) / Double(size)
  }

  var timeSinceCheckpoint: Duration { ContinuousClock.now - lastCheckpoint }

  /// - Parameter diagnostics: one a trial.
  mutating func finish(_ round: Int, _ diagnostics: [RoundDiagnostics]) {
    self.round = round
    updates += diagnostics[0].cohortSize
    for (index, diagnostics) in diagnostics.enumerated() { tallies[index].add(diagnostics) }
  }

  mutating func noteCheckpoint() { lastCheckpoint = .now }
}
