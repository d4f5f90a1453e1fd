import Results
import Testing

@Suite struct FinishedTrialTests {
  @Test func theLastMeasurementCounts() throws {
    let trial = try Samples.finished([
      .init(round: 1, metric: .accuracy, value: 0.1), .init(round: 1, metric: .loss, value: 3),
      .init(round: 2, metric: .accuracy, value: 0.2), .init(round: 2, metric: .loss, value: 2),
    ])
    #expect(try trial.final(.accuracy) == 0.2)
    #expect(try trial.final(.loss) == 2)
    #expect(trial.rounds.map(\.round) == [1, 1, 2, 2])
    #expect(trial.rounds.allSatisfy { $0.trial == Samples.id.description })
  }

  @Test func aMetricThatWasNeverMeasuredIsAnError() throws {
    let trial = try Samples.finished([])
    #expect(throws: ResultsError.self) { try trial.final(.accuracy) }
  }

  @Test func whatTheGuaranteeDoesNotCoverSaysSo() {
    #expect(
      Metric.allCases.map(\.rawValue).filter { !$0.hasPrefix("diagnostic_") }
        == ["accuracy", "loss", "clipping_norm", "skipped_rounds"]
        + [1, 3, 5, 10, 30, 100, 300, 1000].map { "recall_at_\($0)" } + [
          "coverage", "released_count", "audit_guesses", "audit_correct", "audit_epsilon_estimate",
        ])
  }
}
