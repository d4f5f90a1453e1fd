import Results
import Testing

@testable import Experiments

/// The settings that a sweep stands for, and what is said where it makes no sense.
@Suite struct SweepAxisTests {
  private static func labels(_ sweep: String) throws -> [String] {
    try experiment(sweep).points.map(\.label)
  }

  private static func experiment(_ sweep: String) throws -> Experiment {
    try TinyExperiment.experiment(TinyExperiment.plain(["smoke:": "sweep:\n\(sweep)\nsmoke:"]))
  }

  @Test func rangesCountInDecimals() throws {
    #expect(
      try Self.labels("  training.rounds: {range: {from: 10, to: 35, step: 10}}") == [
        "training.rounds=10", "training.rounds=20", "training.rounds=30",
      ])
    #expect(
      try Self.labels("  training.local_learning_rate: {range: {from: 0.1, to: 0.4, step: 0.1}}")
        == ["0.1", "0.2", "0.3", "0.4"].map { "training.local_learning_rate=\($0)" })
  }

  @Test func logRangesRiseByAFactor() throws {
    #expect(
      try Self.labels("  privacy.noise.target_epsilon: {log_range: {from: 0.5, to: 8, count: 5}}")
        == ["0.5", "1", "2", "4", "8"].map { "privacy.noise.target_epsilon=\($0)" })
    #expect(
      try Self.labels("  training.rounds: {log_range: {from: 1, to: 1000, count: 4}}")
        == ["1", "10", "100", "1000"].map { "training.rounds=\($0)" })
    // 10^(1/3) and 10^(2/3) to four digits.
    #expect(
      try Self.labels("  privacy.clipping_norm: {log_range: {from: 1, to: 10, count: 4}}")
        == ["1", "2.154", "4.642", "10"].map { "privacy.clipping_norm=\($0)" })
  }

  @Test func rangesStandInsideListsAndValues() throws {
    #expect(
      try Self.labels(
        "  privacy.noise: [none, {target_epsilon: {range: {from: 1, to: 3, step: 1}}}]")
        == ["none", "target_epsilon:1", "target_epsilon:2", "target_epsilon:3"]
        .map { "privacy.noise=\($0)" })
  }

  @Test func zippedSettingsGoSideBySide() throws {
    let points = try Self.experiment(
      """
        zip:
          - {training.rounds: [10, 20], training.local_learning_rate: [0.2, 0.1]}
        privacy.noise: [none, {multiplier: 1}]
      """
    ).points
    #expect(
      points.map(\.label) == [
        "training.rounds=10;training.local_learning_rate=0.2;privacy.noise=none",
        "training.rounds=10;training.local_learning_rate=0.2;privacy.noise=multiplier:1",
        "training.rounds=20;training.local_learning_rate=0.1;privacy.noise=none",
        "training.rounds=20;training.local_learning_rate=0.1;privacy.noise=multiplier:1",
      ])
  }

  @Test func settingsLikeAnExclusionAreLeftOut() throws {
    #expect(
      try Self.labels(
        """
          training.rounds: [10, 20, 30]
          privacy.noise: [none, {multiplier: 1.0}]
          exclude:
            - {privacy.noise: none, training.rounds: [10, 20.0]}
            - {privacy.noise: {multiplier: 1}, training.rounds: 30}
        """) == [
          "training.rounds=10;privacy.noise=multiplier:1.0",
          "training.rounds=20;privacy.noise=multiplier:1.0",
          "training.rounds=30;privacy.noise=none",
        ])
  }

  /// An axis over one kind of noise works whatever the noise is without it.
  @Test func anEpsilonIsAnAxis() throws {
    let plan = try TinyExperiment.plan(
      TinyExperiment.plain([
        "smoke:": "sweep:\n  privacy.noise.target_epsilon: [1, 4]\nsmoke:"
      ]))
    let trials = plan.trials
    #expect(trials.map(\.targetEpsilon) == [1, 1, 4, 4])
    for trial in trials {
      let target = trial.targetEpsilon!
      #expect(trial.claim.epsilonUpper <= target && trial.claim.epsilonUpper > 0.99 * target)
    }
    #expect(trials[0].claim.noiseMultiplier > trials[2].claim.noiseMultiplier)
  }

  @Test(arguments: [
    (
      "  training.rounds: {range: {from: 1, to: 9}}",
      "sweep.training.rounds.range.step: is missing"
    ),
    (
      "  training.rounds: {range: {from: 1, to: 9, step: 0}}",
      "sweep.training.rounds.range.step: must be above 0, found 0"
    ),
    (
      "  training.rounds: {range: {from: 9, to: 1, step: 1}}",
      "sweep.training.rounds.range.to: must be at least from, 9, found 1"
    ),
    (
      "  training.rounds: {range: {from: 1, to: 1e9, step: 1}}",
      "sweep.training.rounds.range.step: it takes more than 10000 steps to get there"
    ),
    (
      "  training.rounds: {log_range: {from: 0, to: 9, count: 3}}",
      "sweep.training.rounds.log_range.from: must be a finite number above 0, found 0"
    ),
    (
      "  training.rounds: {log_range: {from: 1, to: 9, count: 3, step: 2}}",
      "sweep.training.rounds.log_range.step: unknown key"
    ),
    (
      "  privacy.clipping_norm: {log_range: {from: 1, to: 1.001, count: 90}}",
      "sweep.privacy.clipping_norm.log_range.count: so many values do not differ"
    ),
    (
      "  training.rounds: {log_range: {from: 1, to: 9, count: 4}}",
      "training.rounds: expected a whole number, found \"2.08\""
    ),
    (
      "  zip:\n    - {training.rounds: [1, 2]}",
      "sweep.zip.1: it takes two settings or more to go side by side"
    ),
    (
      "  zip:\n    - {training.rounds: [1, 2], privacy.clipping_norm: [1]}",
      "sweep.zip.1.privacy.clipping_norm: it has 1 values, and training.rounds has 2"
    ),
    (
      "  training.rounds: [1, 2]\n  exclude:\n    - {training.rounds: 3}",
      "sweep.exclude.1: no setting of the sweep is like that, so it excludes nothing"
    ),
    (
      "  training.rounds: [1, 2]\n  exclude:\n    - {training.rounds: [1, 2]}",
      "sweep: it excludes every setting"
    ),
    ("  training.rounds: [1, 2]\n  exclude:\n    - {}", "sweep.exclude.1: it names no setting"),
    (
      "  training.rounds: {range: {from: 1, to: 1000, step: 1}}\n"
        + "  training.batch_size: {range: {from: 1, to: 1000, step: 1}}",
      "sweep.training.batch_size: its axes make more than 10000 settings"
    ),
  ])
  func slipsAreNamed(sweep: String, message: String) throws {
    let error = #expect(throws: ExperimentError.self) { try Self.experiment(sweep) }
    #expect(error.map { "\($0)".contains(message) } == true, "\(error.map { "\($0)" } ?? "")")
  }
}
