import Accounting
import Foundation
import Results
import Testing
import _TestSupport

@testable import Experiments

/// Experiments that choose their setting privately.
@Suite struct TuningTests {
  static let tuning = """
    tuning:
      repetitions: {truncated_negative_binomial: {shape: 0, mean: 6}}
      score_noise_multiplier: 3

    """

  /// Four settings, of which 30 held-out examples are to choose one.
  static func source(_ changes: [String: String] = [:], tuning: String = tuning) -> String {
    let source = TinyExperiment.examples([
      "replicates: 2": "replicates: 1", "validation_examples: 0": "validation_examples: 30",
      "split: test": "split: validation", "accountant: pld": "accountant: rdp",
      "smoke:":
        "sweep:\n  training.learning_rate: [0.1, 400]\n  privacy.noise: [{multiplier: 1}, "
        + "{multiplier: 4}]\n\(tuning)smoke:",
    ])
    return changes.reduce(source) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
  }

  static let poisson = "{truncated_negative_binomial: {shape: 0, mean: 6}}"

  @Test(arguments: [
    ("shape: 0", "shape: -1", "tuning.repetitions.truncated_negative_binomial.shape: must be from"),
    ("mean: 6", "mean: 0.5", "tuning.repetitions.truncated_negative_binomial.mean: must be from 1"),
    ("mean: 6", "men: 6", "men: unknown key; did you mean \"mean\"?"),
    (poisson, "{poisson: {mean: 0}}", "tuning.repetitions.poisson.mean: must be above 0"),
    (poisson, "{geometric: {mean: 3}}", "tuning.repetitions: "),
    (poisson, "10", "tuning.repetitions: "),
    ("score_noise_multiplier: 3", "score_noise: 3", "tuning.score_noise: unknown key"),
    (
      "score_noise_multiplier: 3", "score_noise_multiplier: 0",
      "tuning.score_noise_multiplier: must be from 1e-6"
    ),
    ("replicates: 1\ndataset", "replicates: 3\ndataset", ":5: replicates: a run that chooses"),
    ("split: validation", "split: test", "evaluation.split: runs are scored on held-out examples"),
    ("{multiplier: 4}", "none", "privacy.noise: a run without noise has no bound"),
    (
      "training.learning_rate: [0.1, 400]", "privacy.delta: [1.0e-5, 1.0e-6]", "must agree in delta"
    ),
  ])
  func whatCannotBeAccountedForIsRefused(line: String, change: String, message: String) throws {
    let source = Self.source([line: change])
    #expect(source != Self.source(), "\(line) is not in the experiment")
    let error = #expect(throws: ExperimentError.self) { try TinyExperiment.experiment(source) }
    let text = String(describing: error!)
    #expect(text.contains(message), "\(text)")
    #expect(text.wholeMatch(of: /(?s)tiny\.yaml:[0-9]+: .*/) != nil, "\(text)")
  }

  @Test func clientsAndSingleSettingsAreRefused() throws {
    let clients = TinyExperiment.source([
      "replicates: 2": "replicates: 1", "validation_examples: 0": "validation_examples: 30",
      "split: test": "split: validation", "smoke:": "\(Self.tuning)smoke:",
    ])
    let plain = TinyExperiment.examples(["smoke:": "\(Self.tuning)smoke:"])
    for (source, message) in [
      (clients, "privacy.unit: a client may hold"), (plain, "tuning: there is nothing to choose"),
    ] {
      let error = #expect(throws: ExperimentError.self) { try TinyExperiment.experiment(source) }
      #expect(String(describing: error!).contains(message), "\(error!)")
    }
  }

  /// The choice costs no less than its dearest run and its score, and what the accountant says of it.
  @Test func theChoiceIsPricedBeforeItRuns() throws {
    let plan = try TinyExperiment.plan(Self.source())
    let choice = try #require(plan.choice)
    var accountant = RenyiAccountant(relation: .addOrRemoveOne)
    let runs = [1.0, 4].map {
      PrivacyEvent.repeated(
        .poissonSampled(.gaussian(noiseMultiplier: $0), samplingRate: 0.25), count: 3)
    }
    try accountant.compose(
      .repeatAndSelect(
        .anyOf([runs[0], runs[1], .gaussian(noiseMultiplier: 3)]),
        repetitions: .truncatedNegativeBinomial(shape: 0, mean: 6)))
    #expect(choice.epsilon == (try accountant.epsilon(atDelta: 1e-5)))
    #expect(plan.trials.allSatisfy { $0.claim.epsilonUpper <= choice.epsilon.upper })
    #expect(
      plan.publicationDescription.contains("truncated-negative-binomial(shape=0.0, mean=6.0)"))
  }

  /// No two runs share randomness, and what is drawn follows the seed.
  @Test func runsDrawSettingsAndReplicates() throws {
    let plan = try TinyExperiment.plan(Self.source())
    #expect(Set(plan.trials.map(\.task.replicate)).count == plan.trials.count)
    #expect(plan.trials.count >= 1)
    let law = TuningSettings(repetitions: .poisson(mean: 500), scoreNoiseMultiplier: 1)
    let drawn = law.drawnSettings(settingCount: 4, seed: 3)
    #expect(drawn == law.drawnSettings(settingCount: 4, seed: 3))
    #expect(drawn != law.drawnSettings(settingCount: 4, seed: 4))
    #expect(Set(drawn) == [0, 1, 2, 3])
  }

  @Test func theBestNoisedScoreIsChosen() async throws {
    let source = Self.source(["score_noise_multiplier: 3": "score_noise_multiplier: 0.001"])
    let first = try await Sweep.run(source, threads: 1)
    let second = try await Sweep.run(source, threads: 2)
    let files = try RunFiles(directory: first.path)
    #expect(files == (try RunFiles(directory: second.path)))
    let row = try #require(try files.selectionRow())
    // With next to no noise the score is the number of right answers among 30.
    let best = try #require(try files.trialRows().max { $0.accuracy < $1.accuracy })
    #expect(abs(try #require(row.noisedScore) - 30 * best.accuracy) < 0.02)
    let chosen = try files.trialRows().filter { $0.setting == row.setting }
    #expect(chosen.contains { $0.accuracy == best.accuracy && $0.sweep == row.sweep })
    #expect(try Verification(directory: first.path).findings == [])
  }

  @Test func aForgedChoiceIsFound() async throws {
    let folder = try await Sweep.run(Self.source())
    let good = try String(decoding: folder.data("selection.csv"), as: UTF8.self)
    try folder.write(
      Data(good.replacingOccurrences(of: ",rdp", with: ",pld").utf8), to: "selection.csv")
    try Sweep.sign(folder)
    #expect(
      try Verification(directory: folder.path).findings
        == [.notDerivable(file: "selection.csv", line: 2)])
    try FileManager.default.removeItem(atPath: "\(folder.path)/selection.csv")
    try Sweep.sign(folder)
    #expect(!(try Verification(directory: folder.path).findings.isEmpty))
  }

  /// So rare that the seed draws no run.
  @Test func nothingIsChosenFromNoRun() async throws {
    let folder = try await Sweep.run(Self.source([Self.poisson: "{poisson: {mean: 0.001}}"]))
    let files = try RunFiles(directory: folder.path)
    #expect(try files.trialRows().isEmpty)
    let row = try #require(try files.selectionRow())
    #expect(row.setting == nil && row.sweep == nil && row.noisedScore == nil)
    #expect(row.claim.epsilonUpper.isFinite)
    #expect(try Verification(directory: folder.path).findings == [])
  }
}
