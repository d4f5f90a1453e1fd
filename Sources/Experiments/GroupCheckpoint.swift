internal import Results
internal import Training

/// How far the trials of a group have come, between two rounds.
struct GroupCheckpoint: Codable {
  /// The last round that is through.
  let round: Int
  /// Each trial's share of the time so far.
  let seconds: Double
  let updates: Int
  /// By the trial's name.
  let trials: [String: Trial]

  struct Trial: Codable {
    let training: TrainingCheckpoint
    let measurements: [FinishedTrial.Measurement]
    let tally: LinkTally
  }
}

/// Where an interrupted trial goes on.
struct TrialProgress: Sendable {
  /// The checkpoint's.
  let file: String
  let round: Int
  let seconds: Double
  let updates: Int
  let training: TrainingCheckpoint
  let measurements: [FinishedTrial.Measurement]
  let tally: LinkTally

  /// What the checkpoints of a run say of each of its trials, the latest where there are several.
  static func all(
    in directory: RunDirectory, of plan: Plan
  ) throws(ResultsError) -> [TrialID: TrialProgress] {
    let trials = Dictionary(
      plan.trials.map { ($0.id.description, $0) }, uniquingKeysWith: { first, _ in first })
    var progress: [TrialID: TrialProgress] = [:]
    for (file, contents) in try directory.checkpoints() {
      let checkpoint: GroupCheckpoint
      do {
        checkpoint = try CanonicalJSON.decode(GroupCheckpoint.self, from: contents, file: file)
      } catch {
        throw .wrongCheckpoint(file: file, reason: "\(error)")
      }
      for (name, state) in checkpoint.trials {
        // A plan that drops trials goes on with the others.
        guard let trial = trials[name] else { continue }
        guard (1..<trial.task.rounds).contains(checkpoint.round) else {
          throw .wrongCheckpoint(
            file: file, reason: "trial \(name) does not stop at round \(checkpoint.round)")
        }
        if let other = progress[trial.id], other.round >= checkpoint.round { continue }
        progress[trial.id] = TrialProgress(
          file: file, round: checkpoint.round, seconds: checkpoint.seconds,
          updates: checkpoint.updates, training: state.training,
          measurements: state.measurements, tally: state.tally)
      }
    }
    return progress
  }
}
