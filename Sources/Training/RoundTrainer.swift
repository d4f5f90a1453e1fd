public import Accounting

/// Training of one model, or of several side by side, round by round.
public protocol RoundTrainer {
  var models: [ModelInTraining] { get }

  /// Whether a later run can go on between rounds from the models alone.
  var canResume: Bool { get }

  /// One round.
  ///
  /// - Parameters:
  ///   - round: from 1.
  ///   - recorders: one a model; each has a release's event before its value is used.
  /// - Returns: sensitive facts about the round, one entry a model, for `diagnostic_` columns alone.
  mutating func runRound<Recorder: EventRecorder>(
    _ round: Int, charging recorders: inout [Recorder]
  ) throws(Recorder.Failure) -> [RoundDiagnostics]
}
