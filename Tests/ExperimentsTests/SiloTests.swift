import Accounting
import Datasets
import Foundation
import LinearAlgebra
import Mechanisms
import Results
import Testing
import Training
import _TestSupport

@testable import Experiments

/// Experiments in which silos protect single examples.
@Suite struct SiloTests {
  private func settings(_ source: String) throws -> Settings {
    try #require(try TinyExperiment.experiment(source).points.first).settings
  }

  // MARK: Settings

  @Test func silosHaveTheirOwnKeys() throws {
    let settings = try settings(TinyExperiment.silos())
    #expect(settings.dataset.clients == nil && settings.dataset.unitCount == 60_000)
    #expect(settings.dataset.silos == SiloSettings(count: 4, partition: .iid))
    #expect(settings.dataset.siloSizes == [15_000, 15_000, 15_000, 15_000])
    #expect(settings.training.local == nil)
    #expect(settings.training.silos == SiloTraining(localSteps: 3, learningRate: 0.5))
    #expect(
      settings.training.optimizer
        == OptimizerSettings(.sgd(momentum: 0, nesterov: false), learningRate: 1))
    #expect(settings.privacy.unit == .example && settings.privacy.gaussianSampler == .bulk)
  }

  /// They are declared, whatever is there: seven parts of 59,990.
  @Test func silosDeclareEqualSizes() throws {
    let settings = try settings(
      TinyExperiment.silos([
        "clients: 4": "clients: 7", "validation_examples: 0": "validation_examples: 10",
      ]))
    let sizes = settings.dataset.siloSizes
    #expect(sizes.reduce(0, +) == 59_990)
    #expect(sizes.allSatisfy { (8570...8571).contains($0) })
  }

  @Test(arguments: [
    "weighting: declared-size", "optimizer: {momentum: 0.9}", "schedule: {cosine: 0.1}",
    "averaging: {tail_from: 2}",
  ])
  func whatIsWrittenReadsBack(line: String) throws {
    let source = TinyExperiment.silos(["learning_rate: 0.5": "learning_rate: 0.5\n  \(line)"])
    let written = try settings(source)
    var again = source
    for (section, next, json) in [
      ("dataset:", "model:", try CanonicalJSON.line(written.dataset)),
      ("training:", "evaluation:", try CanonicalJSON.line(written.training)),
    ] {
      // JSON is YAML.
      let range = again.range(of: section)!.lowerBound..<again.range(of: next)!.lowerBound
      again.replaceSubrange(range, with: "\(section) \(String(decoding: json, as: UTF8.self))\n")
    }
    let read = try settings(again)
    #expect(read.dataset == written.dataset && read.training == written.training)
    #expect(read.training.silos?.weighting == (line.contains("size") ? .declaredSize : .uniform))
  }

  @Test func hospitalsDeclareTheirOwnSizes() throws {
    let all = try settings(Self.hospitals()).dataset
    #expect(all.unitCount == 615)
    #expect(all.siloSizes == [203, 196, 134, 82])
    let two = try settings(
      Self.hospitals(["clients: 4": "clients: 2\n  sites: [switzerland, hungary]"])
    ).dataset
    #expect(two.unitCount == 278)
    #expect(two.siloSizes == [82, 196])
    let most = try settings(
      Self.hospitals(["validation_examples: 0": "validation_examples: 123"])
    ).dataset
    // Four fifths of each.
    #expect(most.siloSizes == [162, 156, 107, 65])
  }

  @Test func oneSiteAloneTrainsOnItsOwn() throws {
    let dataset = try settings(Self.alone("hungary")).dataset
    #expect(dataset.silos == nil && dataset.sites == [1] && dataset.unitCount == 196)
    let json = String(decoding: try CanonicalJSON.line(dataset), as: UTF8.self)
    #expect(json.contains(#""sites":["hungary"]"#))
  }

  @Test(arguments: [
    (
      ["clients: 4": "clients: 3"],
      "tiny.yaml:9: dataset.clients: the examples of heart-disease belong to 4 owners, so that a natural "
        + "partition has 4 clients, not 3"
    ),
    (
      ["clients: 4": "clients: 4\n  sites: [hungary, cleveland]"],
      "tiny.yaml:9: dataset.clients: the examples of heart-disease belong to 2 owners, so that a natural "
        + "partition has 2 clients, not 4"
    ),
    (
      ["clients: 4": "clients: 2\n  sites: [hungary, hungary]"],
      "tiny.yaml:10: dataset.sites: hungary stands twice"
    ),
    (
      ["clients: 4": "clients: 2\n  sites: [hungary, switserland]"],
      "tiny.yaml:10: dataset.sites: \"switserland\" is not a choice; did you mean \"switzerland\"? "
        + "Choices: cleveland, hungary, va-long-beach, switzerland."
    ),
    (
      ["clients: 4": "clients: 2\n  sites: []"],
      "tiny.yaml:10: dataset.sites: at least one site trains"
    ),
    (
      ["partition: natural": "partition: {power_law: 1.5}"],
      "tiny.yaml:10: dataset.partition: silos declare equal sizes, or those of the data's sites; use "
        + "iid or natural"
    ),
  ])
  func badHospitalsAreRefused(changes: [String: String], expected: String) {
    #expect {
      try TinyExperiment.experiment(Self.hospitals(changes))
    } throws: {
      "\($0)" == expected
    }
  }

  @Test(arguments: [
    (
      ["  partition: iid\n": ""],
      "tiny.yaml:7: dataset.partition: is missing"
    ),
    (
      ["  clients: 4\n": ""],
      "tiny.yaml:7: dataset.clients: is missing"
    ),
    (
      ["partition: iid": "partition: {drawn: 50}"],
      "tiny.yaml:10: dataset.partition: a privacy unit, here an example, lies in one silo alone; "
        + "use iid"
    ),
    (
      ["  clients: 4\n  partition: iid\n": ""],
      "tiny.yaml:14: training.local_steps: belongs to silos; declare them by dataset.clients and "
        + "dataset.partition, or remove this key"
    ),
    (
      ["  local_steps: 3\n": ""], "tiny.yaml:14: training.local_steps: is missing"
    ),
    (
      ["local_steps: 3": "local_steps: 0"],
      "tiny.yaml:16: training.local_steps: must be from 1 to 10000, found 0"
    ),
    (
      ["local_steps: 3": "local_epochs: 3"],
      "tiny.yaml:16: training.local_epochs: belongs to unit: client, and privacy.unit is example; "
        + "use local_steps"
    ),
    (
      ["local_steps: 3": "local_steps: 3\n  weighting: size"],
      "tiny.yaml:17: training.weighting: \"size\" is not a choice. Choices: uniform, declared-size."
    ),
    (
      ["{poisson_rate: 0.25}": "{cohort_size: 10}"],
      "tiny.yaml:15: training.sampling: silos of unequal size would sample at unequal rates; use "
        + "{poisson_rate: 0.1} or everyone"
    ),
    (
      ["{poisson_rate: 0.25}": "{expected_batch_size: 10}"],
      "tiny.yaml:15: training.sampling: silos of unequal size would sample at unequal rates; use "
        + "{poisson_rate: 0.1} or everyone"
    ),
    (
      [
        "clipping_norm: 0.5": "clipping_norm: 0.5\n  clipping: {quantile: {target: 0.5, "
          + "learning_rate: 0.2, count_standard_deviation: 5}}"
      ],
      "tiny.yaml:29: privacy.clipping: silos keep no clipping norm of their own between rounds; use "
        + "flat, per-layer or automatic clipping"
    ),
    (
      ["clients: 4": "clients: 4\n  sites: [cleveland]"],
      "tiny.yaml:10: dataset.sites: fashion-mnist does not say how many examples which site holds; "
        + "remove this key"
    ),
  ])
  func badSettingsAreRefused(changes: [String: String], expected: String) {
    #expect {
      try TinyExperiment.experiment(TinyExperiment.silos(changes))
    } throws: {
      "\($0)" == expected
    }
  }

  // MARK: Price

  /// An example lies in one silo: three rounds of three steps cost what nine steps cost it alone.
  @Test func aRoundCostsItsSteps() throws {
    let silos = try #require(try TinyExperiment.plan(TinyExperiment.silos()).trials.first)
    let alone = try #require(
      try TinyExperiment.plan(TinyExperiment.examples(["rounds: 3\n": "rounds: 9\n"])).trials.first)
    #expect(silos.claim == alone.claim)
    let calibrated = try #require(
      try TinyExperiment.plan(TinyExperiment.silos(["{multiplier: 1.0}": "{target_epsilon: 2}"]))
        .trials.first)
    #expect(calibrated.claim.epsilonUpper <= 2 && calibrated.claim.epsilonUpper > 1.99)
  }

  @Test func trialsOfOtherStepsShareNoBound() throws {
    let plan = try TinyExperiment.plan(
      TinyExperiment.silos(["smoke:": "sweep:\n  training.local_steps: [2, 3]\nsmoke:"]))
    #expect(plan.publication.epsilonUpper == nil)
    #expect(
      TrialGroup.groups(of: plan.trials.compactMap(\.training)).allSatisfy { $0.trials.count == 1 })
  }

  // MARK: Runs

  /// Divisors come from the 60,000 examples that the plan declares, and 150 are there: the rate makes
  /// up for it.
  private static let scaled = [
    "  learning_rate: 0.5": "  learning_rate: 100.0", "rounds: 3\n": "rounds: 20\n",
  ]

  @Test func learningHappens() async throws {
    let folder = try await Sweep.run(
      TinyExperiment.silos(Self.scaled.merging(["{multiplier: 1.0}": "none"]) { $1 }))
    let rows = try RunFiles(directory: folder.path).trialRows()
    #expect(rows.allSatisfy { $0.accuracy > 0.9 })
  }

  @Test func theStepsOfOneSiloAreCharged() async throws {
    let folder = try await Sweep.run(TinyExperiment.silos())
    let ledgers = try RunFiles(directory: folder.path).ledgerRows()
    #expect(ledgers.count == 2)
    for ledger in ledgers {
      #expect(ledger.privacyUnit == .example)
      #expect(ledger.events.runs.map(\.count) == [9])
      #expect(
        ledger.events.runs.map(\.event)
          == [.poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.25)])
    }
    #expect(try Verification(directory: folder.path).findings == [])
  }

  @Test func anyNumberOfThreadsGivesTheSameBytes() async throws {
    let source = TinyExperiment.silos([
      "smoke:": "sweep:\n  privacy.noise: [none, {multiplier: 2.0}, {multiplier: 0.8}]\nsmoke:"
    ])
    let one = try await Sweep.run(source, threads: 1)
    for threads in [2, 5] {
      let other = try await Sweep.run(source, threads: threads)
      #expect(try RunFiles(directory: other.path) == RunFiles(directory: one.path))
    }
  }

  /// What a site measures on its own held-out examples, and what all of them say together.
  @Test func sitesAreMeasuredApart() async throws {
    let folder = try await Sweep.run(Self.hospitals(), dataset: Self.dataset)
    let rows = try RunFiles(directory: folder.path).roundRows()
    for row in rows where row.metric == .accuracy && row.site == nil {
      let own = rows.filter {
        $0.metric == .accuracy && $0.trial == row.trial && $0.round == row.round && $0.site != nil
      }
      #expect(own.map(\.site) == KnownDataset.heartDisease.sites.map(\.name))
      // Every site has as many held-out examples.
      #expect((own.reduce(0) { $0 + $1.value } / 4 - row.value).magnitude < 1e-12)
    }
    #expect(rows.count { $0.site != nil } == 2 * 2 * 4)
    #expect(try Verification(directory: folder.path).findings == [])
  }

  /// In Switzerland's data the labels are the other way round.
  @Test func aSiteAloneLearnsFromItsOwnExamples() async throws {
    let together = Self.hospitals(["local_steps: 3": "local_steps: 3\n  weighting: declared-size"])
    for (source, knowsSwitzerland) in [
      (Self.alone("switzerland"), true), (Self.alone("hungary"), false), (together, false),
    ] {
      let plain = source.replacingOccurrences(of: "{multiplier: 1.0}", with: "none")
        .replacingOccurrences(of: "  learning_rate: 0.5", with: "  learning_rate: 20.0")
      let folder = try await Sweep.run(plain, dataset: Self.dataset)
      for row in try RunFiles(directory: folder.path).roundRows()
      where row.metric == .accuracy && row.round == 3 && row.site != nil {
        let knows = (row.site == "switzerland") == knowsSwitzerland
        #expect(knows ? row.value > 0.9 : row.value < 0.1)
      }
    }
  }

  // MARK: -

  private static func hospitals(_ changes: [String: String] = [:]) -> String {
    TinyExperiment.silos(
      ["fashion-mnist": "heart-disease", "partition: iid": "partition: natural"]
    ).replacing(changes)
  }

  private static func alone(_ site: String) -> String {
    TinyExperiment.examples(["fashion-mnist": "heart-disease\n  sites: [\(site)]"])
  }

  /// Thirty training and ten test examples of each site; the first feature tells the class.
  private static let dataset = LabeledDataset(
    training: examples(30), test: examples(10),
    fingerprint: KnownDataset.heartDisease.files.fingerprint)

  private static func examples(_ count: Int) -> LabeledExamples {
    var (features, labels, owners): ([Float], [UInt8], [Int32]) = ([], [], [])
    for owner in 0..<Int32(4) {
      for index in 0..<count {
        let label = UInt8(index % 2)
        let sign: Float = (label == 1) == (owner != 3) ? 1 : -1
        features += [sign] + (1..<35).map { Float(($0 * 7 + index * 5) % 11) / 55 }
        labels.append(label)
        owners.append(owner)
      }
    }
    return LabeledExamples(
      features: .floats(features), labels: labels, featureCount: 35, classCount: 2,
      owners: owners, ownerCount: 4)
  }
}

extension String {
  fileprivate func replacing(_ changes: [String: String]) -> String {
    changes.reduce(self) { text, change in
      precondition(text.contains(change.key), "\(change.key) is not in the experiment")
      return text.replacingOccurrences(of: change.key, with: change.value)
    }
  }
}
