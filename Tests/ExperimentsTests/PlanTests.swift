import Accounting
import Foundation
import Randomness
import Results
import Testing
import _TestSupport

@testable import Experiments
@testable import Training

@Suite struct PlanTests {
  /// Calibrated once for all tests.
  private static let defaultPlan = Result {
    try Plan(
      Experiment(
        source: TinyExperiment.published("fashion-mnist-fedavg"), file: "default.yaml",
        smoke: false),
      file: "default.yaml")
  }

  @Test func theDefaultExperimentIsNineSettingsOfFiveReplicates() throws {
    let plan = try Self.defaultPlan.get()
    #expect(plan.trials.count == 45)
    #expect(Set(plan.trials.map(\.id)).count == 45)
    #expect(Set(plan.trials.map(\.id.description)).count == 45)
    #expect(plan.trials.map(\.setting) == (0..<9).flatMap { Array(repeating: $0, count: 5) })
    #expect(plan.trials.map(\.plan.replicate) == (0..<9).flatMap { _ in Array(0..<5) })
    let targets: [Double?] = [nil, 8, 6, 4, 3, 2, 1.5, 1, 0.5]
    #expect(plan.trials.map(\.targetEpsilon) == targets.flatMap { Array(repeating: $0, count: 5) })
    #expect(plan.publication.privateTrials == 40)
    #expect(plan.publication.nonPrivateTrials == 5)
  }

  @Test func calibrationMeetsEveryTargetFromThePrivateSide() throws {
    let plan = try Self.defaultPlan.get()
    for trial in plan.trials {
      guard let target = trial.targetEpsilon else {
        #expect(trial.claim.epsilonUpper == .infinity && trial.claim.noiseMultiplier == 0)
        continue
      }
      #expect(trial.claim.epsilonUpper <= target)
      #expect(trial.claim.epsilonUpper > 0.9999 * target)
      #expect(trial.plan.privacy.noise == .multiplier(trial.claim.noiseMultiplier))
      #expect(trial.claim.delta == 1e-5)
    }
    let multipliers = plan.trials.filter { $0.plan.replicate == 0 }.map(\.claim.noiseMultiplier)
    #expect(multipliers == multipliers.sorted())
  }

  @Test func renyiPricesTheSameReleasesHigher() throws {
    for trial in try Self.defaultPlan.get().trials where trial.claim.isPrivate {
      var renyi = RenyiAccountant(relation: .addOrRemoveOne)
      try renyi.compose(
        .poissonSampled(
          .gaussian(noiseMultiplier: trial.claim.noiseMultiplier), samplingRate: 0.1), count: 100)
      let epsilon = try #require(trial.claim.epsilonUpperRDP)
      #expect(try renyi.epsilon(atDelta: 1e-5).upper == epsilon)
      #expect(epsilon > trial.claim.epsilonUpper)
      #expect(trial.claim.epsilonLower > 0.99 * trial.claim.epsilonUpper)
      #expect(trial.claim.limit == nil)
    }
  }

  /// No better bound than Renyi's is known for cohorts of fixed size.
  @Test func cohortsOfFixedSizeArePricedByRenyi() throws {
    let claim = try #require(
      try TinyExperiment.plan(
        TinyExperiment.plain([
          "{poisson_rate: 0.25}": "{cohort_size: 10}", "add-or-remove-one": "replace-one",
        ])
      ).trials.first
    ).claim
    #expect(claim.accountant == .pld && claim.isPrivate)
    #expect(claim.epsilonUpper == claim.epsilonUpperRDP)
    #expect(0 < claim.epsilonLower && claim.epsilonLower < claim.epsilonUpper)
    #expect(claim.limit == .noTightTheorem)
    #expect(claim.caveat == "epsilon is not tight: \(PrecisionLimit.noTightTheorem)")
  }

  @Test func noTwoTrialsShareNoise() throws {
    let trials = try Self.defaultPlan.get().trials
    let keys = trials.flatMap { trial in
      let keys = trial.plan.noiseKeys(of: trial.id)
      return (1...trial.plan.training.rounds).map { keys.noise(round: $0) }
    }
    #expect(Set(keys).count == trials.reduce(0) { $0 + $1.plan.training.rounds })
  }

  @Test func settingsOfAReplicateShareEverythingButNoise() throws {
    let trials = try Self.defaultPlan.get().trials
    for replicate in 0..<5 {
      let settings = trials.filter { $0.plan.replicate == replicate }
      #expect(settings.count == 9)
      let keys = settings.map(\.plan.sharedKeys)
      #expect(Set(keys).count == 1)
      #expect(Set(keys.map(\.initialParameters)).count == 1)
      for round in [1, 2, 60] {
        #expect(Set(keys.map { $0.cohort(round: round) }).count == 1)
        #expect(Set(keys.map { $0.batches(round: round, client: 17) }).count == 1)
        #expect(
          Set(settings.map { $0.plan.noiseKeys(of: $0.id).noise(round: round) }).count == 9)
      }
    }
    let first = trials.filter { $0.setting == 0 }.map(\.plan.sharedKeys)
    #expect(Set(first.map(\.initialParameters)).count == 5)
    #expect(Set(first.map { $0.cohort(round: 1) }).count == 5)
    #expect(Set(first.map { $0.batches(round: 1, client: 0) }).count == 5)
  }

  /// A generator seeded with 32 bits would take these for the same seed.
  @Test func everyBitOfTheSeedCounts() throws {
    let seeds: [UInt64] = [7, 7 + 1 << 32]
    let plans = try seeds.map {
      try TinyExperiment.plan(TinyExperiment.source(["seed: 7": "seed: \($0)"]))
    }
    let keys = plans.map(\.trials[1].plan.sharedKeys)
    let noise = plans.map { $0.trials[1].plan.noiseKeys(of: $0.trials[1].id) }
    #expect(plans.map(\.trials[1].plan.seed) == seeds)
    #expect(keys[0].initialParameters != keys[1].initialParameters)
    #expect(keys[0].cohort(round: 1) != keys[1].cohort(round: 1))
    #expect(keys[0].batches(round: 1, client: 0) != keys[1].batches(round: 1, client: 0))
    #expect(noise[0].noise(round: 1) != noise[1].noise(round: 1))
  }

  @Test(arguments: [
    "seed: 7": "seed: 8", "rounds: 3\n": "rounds: 4\n", "batch_size: 5": "batch_size: 6",
    "delta: 1.0e-5": "delta: 1.0e-6", "clipping_norm: 0.5": "clipping_norm: 0.6",
    "{multiplier: 1.0}": "{multiplier: 1.1}", "clients: 40": "clients: 41",
    "every: 2": "every: 1", "tuned_on: nothing": "tuned_on: test",
    "partition: iid": "partition: {dirichlet: 1}",
    "accountant: pld": "accountant: pld\n  gaussian_sampler: bulk", " pld": " rdp",
    "0.25": "0.26", "local_learning_rate: 0.1": "local_learning_rate: 0.2",
    "server_momentum: 0.9": "optimizer: {nesterov: 0.9}",
    "server_momentum": "averaging: {tail_from: 2}\n  server_momentum",
    "server_learning_rate": "warmup_rounds: 2\n  server_learning_rate",
    "noise:": "clipping: per-layer\n  noise:",
    "logistic-regression": "linear-regression",
  ])
  func anyChangeMakesAnotherTrial(line: String, change: String) throws {
    let before = try TinyExperiment.plan(TinyExperiment.plain())
    let after = try TinyExperiment.plan(TinyExperiment.plain([line: change]))
    #expect(Set(before.trials.map(\.id)).isDisjoint(with: after.trials.map(\.id)))
  }

  @Test func wordsAndLayoutMakeNoOtherTrial() throws {
    let before = try TinyExperiment.plan()
    let after = try TinyExperiment.plan(
      "# A comment.\n"
        + TinyExperiment.source([
          "name: tiny": "name: other", "question: Does it run?": "question: Again?",
          "delta: 1.0e-5": "delta: 0.00001",
        ]))
    #expect(before.trials.map(\.id) == after.trials.map(\.id))
  }

  /// As version 0.1.0 named these trials: keys that came later change no identity where they are left
  /// out, or say what used to be so.
  @Test(arguments: [
    [:], ["clipping_norm: 0.5": "clipping_norm: 0.5\n  clipping: flat"],
    ["server_momentum: 0.9": "optimizer: {momentum: 0.9}"],
    [
      "server_momentum: 0.9":
        "server_momentum: 0.9\n  schedule: constant\n  averaging: none\n  weight_decay: 0"
    ],
  ])
  func identitiesOutliveNewKeys(changes: [String: String]) throws {
    let trials = try TinyExperiment.plan(TinyExperiment.source(changes)).trials
    #expect(
      trials.map(\.id.description) == [
        "76c926ac102e2ca6", "2441c46e96fadcd3", "4b21d727be4562c9", "27377b41a787b01a",
        "a797bf556319ddb9", "2c0fcc4e165cdac3",
      ])
  }

  @Test(arguments: ["{multiplier: 2.0}", "{multiplier: 2}"])
  func equalSettingsAreRefused(first: String) {
    expectError(
      TinyExperiment.source(["- none": "- \(first)"]),
      containing: "tiny.yaml:35: sweep: settings 1 and 2 are the same; name each once")
  }

  @Test(arguments: [
    (
      ["add-or-remove-one": "replace-one"],
      "tiny.yaml:31: privacy: the pld accountant cannot price poisson_sampled under replace-one: "
        + "Poisson sampling is amplified under add-or-remove-one and zero-out only; use one of "
        + "these, or sample without replacement"
    ),
    (
      ["accountant: pld": "accountant: gaussian-dp"],
      "tiny.yaml:31: privacy: the gaussian-dp accountant cannot price repeated under "
        + "add-or-remove-one: it composes only Gaussian noise with full participation; use the "
        + "accountant pld for sampled cohorts and for other noise"
    ),
    (
      [
        "{multiplier: 1.0}": "{target_epsilon: 1.0e-12}", "1.0e-5": "1.0e-300",
        "accountant: pld": "accountant: rdp",
      ],
      "tiny.yaml:31: privacy: epsilon 1e-12 at delta 1e-300 is out of reach:"
    ),
  ])
  func settingsWithoutAPriceAreRefused(changes: [String: String], message: String) {
    expectError(TinyExperiment.plain(changes), containing: message)
  }

  @Test func thePlanDocumentStandsForItself() async throws {
    let folder = try await Sweep.run()
    let files = try RunFiles(directory: folder.path)
    let again = try Plan(directory: folder.path, files: files)
    #expect(try again.document() == files.plan)
    #expect(again.experiment.source == TinyExperiment.source)
  }

  @Test func whatWasTunedOnWhatIsSaid() throws {
    func plan(_ tunedOn: String, _ split: String = "test") throws -> Plan {
      try TinyExperiment.plan(
        TinyExperiment.source([
          "tuned_on: nothing": "tuned_on: \(tunedOn)", "split: test": "split: \(split)",
          "validation_examples: 0": "validation_examples: 30",
        ]))
    }
    #expect(try plan("nothing").tuningDescription == "settings tuned on: nothing")
    #expect(
      try plan("validation").tuningDescription
        == "settings tuned on: validation (not charged to any epsilon)")
    #expect(
      try plan("test").tuningDescription == "settings tuned on: test (not charged to any epsilon)")
    #expect(try plan("nothing").evaluationDescription == "test")
    #expect(try plan("nothing", "validation").evaluationDescription == "validation")
  }

  private func expectError(
    _ source: String, containing message: String, location: SourceLocation = #_sourceLocation
  ) {
    do {
      _ = try TinyExperiment.plan(source)
      Issue.record("no error; expected: \(message)", sourceLocation: location)
    } catch {
      #expect("\(error)".contains(message), "\(error)", sourceLocation: location)
    }
  }
}
