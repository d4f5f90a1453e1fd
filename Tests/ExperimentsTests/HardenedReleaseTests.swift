import Accounting
import Foundation
import Randomness
import Results
import Synchronization
import Testing
import Training
import _TestSupport

@testable import Experiments

/// `mechanism: discrete-gaussian`.
@Suite struct HardenedReleaseTests {
  static let system = "discrete-gaussian"
  static let seed = "{discrete_gaussian: {entropy: seed}}"

  /// Changes that make a tiny experiment hardened.
  static func hardened(
    _ mechanism: String, _ changes: [String: String] = [:]
  ) -> [String: String] {
    changes.merging(["clipping_norm: 0.5": "clipping_norm: 0.5\n  mechanism: \(mechanism)"]) {
      change, _ in change
    }
  }

  static func sources(_ mechanism: String) -> [String] {
    [
      TinyExperiment.plain(hardened(mechanism)), TinyExperiment.examples(hardened(mechanism)),
      TinyExperiment.silos(hardened(mechanism)),
      TinyExperiment.plain(
        hardened(
          mechanism,
          [
            "accountant: pld": "accountant: pld\n  clipping: per-layer",
            "server_momentum: 0.9": "server_momentum: 0.9\n  compression: {stochastic_bits: 4}",
          ])),
      TinyExperiment.plain(
        hardened(
          mechanism, ["server_momentum: 0.9": "server_momentum: 0.9\n  control_variates: true"])),
    ]
  }

  private func mechanism(_ source: String) throws -> MechanismSettings {
    try #require(
      try TinyExperiment.experiment(source).points.first
    ).settings.privacy.mechanismSettings
  }

  // MARK: Settings

  @Test func mechanismsAreRead() throws {
    for (text, entropy) in [
      (Self.system, EntropySource.system), (Self.seed, .seed),
      ("{discrete_gaussian: {entropy: system}}", .system), ("{discrete_gaussian: {}}", .system),
    ] {
      #expect(
        try mechanism(TinyExperiment.plain(Self.hardened(text)))
          == .discreteGaussian(entropy: entropy))
    }
    let ids = try [Self.system, Self.seed, "gaussian"].map {
      try TinyExperiment.plan(TinyExperiment.plain(Self.hardened($0))).trials[0].id
    }
    #expect(Set(ids).count == 3)
  }

  @Test func whatIsNotOnIntegersIsRefused() {
    let quantile =
      "clipping: {quantile: {target: 0.5, learning_rate: 0.2, count_standard_deviation: 5}}"
    for (changes, message) in [
      (
        ["accountant: pld": "accountant: pld\n  \(quantile)"],
        "privacy.clipping: the count of unclipped contributions has noise in floating point"
      ),
      (
        ["accountant: pld": "accountant: pld\n  gaussian_sampler: gsl"],
        "privacy.gaussian_sampler: the noise is on the integers"
      ),
      (["{multiplier: 1.0}": "none"], "privacy.mechanism: there is no noise for it to add"),
      (
        [
          "server_momentum: 0.9":
            "server_momentum: 0.9\n  participation: {minimum: {devices: 6, count_standard_deviation: 3}}"
        ], "only with Gaussian noise of the server's is a noised number of reports released"
      ),
    ] as [([String: String], String)] {
      #expect {
        try TinyExperiment.experiment(TinyExperiment.plain(Self.hardened(Self.system, changes)))
      } throws: { "\($0)".contains(message) }
    }
    #expect {
      try TinyExperiment.experiment(
        TuningTests.source(Self.hardened(Self.seed)))
    } throws: { "\($0)".contains("privacy.mechanism: the scores that a choice is made by") }
  }

  @Test(arguments: ["0.001", "2.0e6"])
  func noiseBeyondTheLemmaIsRefused(multiplier: String) {
    #expect {
      try TinyExperiment.plan(
        TinyExperiment.plain(
          Self.hardened(Self.system, ["{multiplier: 1.0}": "{multiplier: \(multiplier)}"])))
    } throws: { "\($0)".contains("privacy.noise: a noise multiplier of") }
  }

  /// A repeated run would release anew, and a budget would take it for the same.
  @Test func budgetsRefuseEntropyOfTheSystem() throws {
    #expect(throws: BudgetRefusal.drawsSystemEntropy) {
      try TinyExperiment.plan(TinyExperiment.plain(Self.hardened(Self.system))).budgetRequest()
    }
    let plan = try TinyExperiment.plan(TinyExperiment.plain(Self.hardened(Self.seed)))
    #expect(try plan.budgetRequest().schedules.count == 2)
  }

  // MARK: Prices

  /// The event is that of the multiplier, so that nothing about epsilon changes.
  @Test func itCostsWhatGaussianNoiseDoes() throws {
    for noise in ["{multiplier: 1.0}", "{target_epsilon: 3}"] {
      let claims = try ["gaussian", Self.system, Self.seed].map {
        try TinyExperiment.plan(
          TinyExperiment.plain(Self.hardened($0, ["{multiplier: 1.0}": noise]))
        ).trials[0].claim
      }
      #expect(claims[0] == claims[1])
      #expect(claims[0] == claims[2])
    }
  }

  @Test func plansAndProvenanceSayHowItIsDrawn() throws {
    func plan(_ mechanism: String) throws -> Plan {
      try TinyExperiment.plan(TinyExperiment.plain(Self.hardened(mechanism)))
    }
    #expect(try plan("gaussian").hardeningDescriptions == [])
    #expect(try plan("gaussian").randomnessDescription.contains("research noise"))
    #expect(try plan(Self.system).hardeningDescriptions[0].contains("cannot be repeated"))
    #expect(
      try plan(Self.system).randomnessDescription.hasPrefix("hardened release: exact discrete"))
    #expect(try plan(Self.seed).hardeningDescriptions[0].contains("not for real data"))
    #expect(try plan(Self.seed).randomnessDescription.contains("research randomness"))
    let both = try TinyExperiment.plan(
      TinyExperiment.plain([
        "smoke:": "sweep:\n  privacy.mechanism: [gaussian, \(Self.seed)]\nsmoke:"
      ]))
    #expect(both.hardeningDescriptions[0].contains("2 of 4 trials"))
    #expect(both.randomnessDescription.contains("; and exact discrete"))
  }

  /// Trials with other cohorts are not answers about the same.
  @Test func rowsWithOtherCohortsHaveNoCommonPrice() throws {
    let plan = try TinyExperiment.plan(
      TinyExperiment.plain([
        "smoke:": "sweep:\n  privacy.mechanism: [\(Self.system), \(Self.seed)]\nsmoke:"
      ]))
    #expect(plan.publication.epsilonUpper == nil)
  }

  // MARK: Runs

  private static let names = ["trials.csv", "rounds.csv", "ledgers.jsonl", "tradeoff.csv"]

  @Test(arguments: 0..<5)
  func theSeedGivesTheSameBytesAtAnyThreadCount(source: Int) async throws {
    let source = Self.sources(Self.seed)[source]
    let one = try await Sweep.run(source, threads: 1)
    let many = try await Sweep.run(source, threads: 3)
    #expect(try Verification(directory: one.path).findings == [])
    for name in Self.names { #expect(try many.data(name) == one.data(name)) }
    #expect(try one.text("ledgers.jsonl").contains(#""kind":"gaussian""#))
    #expect(try one.text("plan.json").contains(#""entropy" : "seed""#))
  }

  @Test(arguments: 0..<3)
  func entropyOfTheSystemIsNeverTheSame(source: Int) async throws {
    let source = Self.sources(Self.system)[source].replacing("replicates: 2", with: "replicates: 1")
    let (one, other) = try await (Sweep.run(source), Sweep.run(source))
    #expect(try one.data("plan.json") == other.data("plan.json"))
    #expect(try one.data("ledgers.jsonl") == other.data("ledgers.jsonl"))
    #expect(try one.data("rounds.csv") != other.data("rounds.csv"))
    for folder in [one, other] {
      #expect(try Verification(directory: folder.path).findings == [])
      #expect(!folder.contents.contains { $0.contains("entropy") || $0.contains(".partial") })
    }
  }

  /// Runs until a number of rounds is through, and stops.
  private func interrupted(_ source: String, after rounds: Int) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let left = Mutex(rounds)
    let task = Task {
      try await Sweep.run(source, in: folder, threads: 1) { event in
        guard case .finishedRound = event else { return }
        let isLast = left.withLock { left in
          left -= 1
          return left == 0
        }
        if isLast { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    return folder
  }

  /// Whether an interrupted run goes on from its checkpoint or starts the trial over, it repeats its noise
  /// and its cohorts, and ends in the same bytes.
  @Test(arguments: [0, 1, 4])
  func anInterruptedRunRepeatsItsNoise(source: Int) async throws {
    let source = Self.sources(Self.system)[source].replacing("replicates: 2", with: "replicates: 1")
    let folder = try await interrupted(source, after: 1)
    #expect(try folder.data(".partial/entropy").count == 32)
    let again = try TemporaryFolder()
    for name in folder.contents where !name.hasPrefix(".partial/checkpoints/") {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder.at(name), isDirectory: &isFolder)
      if isFolder.boolValue {
        try FileManager.default.createDirectory(
          atPath: again.at(name), withIntermediateDirectories: false)
      } else {
        try again.write(folder.data(name), to: name)
      }
    }
    try await Sweep.run(source, in: folder, threads: 2)
    try await Sweep.run(source, in: again, threads: 1)
    for name in Self.names { #expect(try again.data(name) == folder.data(name)) }
    #expect(!folder.contents.contains(".partial"))
  }

  /// Without its entropy a run that has released cannot go on.
  @Test func lostEntropyIsNoticed() async throws {
    let source = TinyExperiment.plain(Self.hardened(Self.system))
    let folder = try await interrupted(source, after: 1)
    try FileManager.default.removeItem(atPath: folder.at(".partial/entropy"))
    await #expect(throws: ResultsError.entropyIsLost(directory: folder.path)) {
      try await Sweep.run(source, in: folder)
    }
  }

  /// New replicates have entropy of their own, and what was finished stays.
  @Test func aFinishedRunGrows() async throws {
    let source = TinyExperiment.plain(Self.hardened(Self.system))
    let folder = try await Sweep.run(source)
    let before = try RunFiles(directory: folder.path).trialRows()
    try await Sweep.run(source.replacing("replicates: 2", with: "replicates: 3"), in: folder)
    let after = try RunFiles(directory: folder.path).trialRows()
    #expect(after.count == 3)
    #expect(Array(after.prefix(2)) == before)
    #expect(try Verification(directory: folder.path).findings == [])
  }

  // MARK: Keys

  /// Initial parameters alone hang from the seed.
  @Test func allThatIsSecretHangsFromTheEntropy() throws {
    let plan = try TinyExperiment.plan(TinyExperiment.plain(Self.hardened(Self.system)))
    let trial = try #require(plan.trials.first)
    let training = try #require(trial.training).plan
    let (one, other) = (StreamKeys.entropy(1), StreamKeys.entropy(2))
    let keys = [
      training.sharedKeys, training.sharedKeys(entropy: one), training.sharedKeys(entropy: other),
    ]
    #expect(Set(keys.map(\.initialParameters)).count == 1)
    #expect(Set(keys.map { $0.batches(round: 1, client: 2) }).count == 3)
    #expect(Set(keys).count == 3)
    let noise = [
      training.noiseKeys(of: trial.id), training.noiseKeys(of: trial.id, entropy: one),
      training.noiseKeys(of: trial.id, entropy: other),
      training.noiseKeys(of: plan.trials[1].id, entropy: one),
    ]
    #expect(Set(noise).count == 4)
  }
}

private enum StreamKeys {
  static func entropy(_ byte: UInt8) -> StreamKey {
    StreamKey(entropy: [UInt8](repeating: byte, count: 32))
  }
}
