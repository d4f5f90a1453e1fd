import Accounting
import Foundation
import Results
import Testing
import Training
import _TestSupport

@testable import Experiments

/// Experiments with canaries among their units.
@Suite struct AuditTests {
  private static func audit(_ section: String) -> [String: String] {
    ["smoke:": "audit: {\(section)}\nsmoke:"]
  }

  private static let replaceOne = [
    "neighboring_relation: add-or-remove-one": "neighboring_relation: replace-one"
  ]

  private static let zeroOut = [
    "neighboring_relation: add-or-remove-one": "neighboring_relation: zero-out"
  ]
  /// By the accountant that is fastest without optimization.
  private static let quick = ["accountant: pld": "accountant: rdp"]
  private static let everyone = ["{poisson_rate: 0.25}": "everyone"]

  private static func changes(_ parts: [String: String]...) -> [String: String] {
    parts.reduce(quick) { $0.merging($1) { $1 } }
  }

  /// Every kind of unit, canary and relation, at a confidence that makes a false alarm in one of 10^7 runs
  /// of a sound engine: in six of 10^7 over all of them.
  private static let sources: [String] = {
    func section(_ canary: String) -> [String: String] {
      audit("canaries: 30, guesses: 10, confidence: 0.9999999, canary: \(canary)")
    }
    let heldOut = ["validation_examples: 0": "validation_examples: 90"]
    let small = ["partition: iid": "partition: {drawn: 3}"]
    return [
      TinyExperiment.plain(changes(section("gradient"))),
      TinyExperiment.plain(changes(section("direction"), zeroOut)),
      TinyExperiment.plain(changes(section("mislabeled"), replaceOne, everyone, heldOut, small)),
      TinyExperiment.examples(changes(section("gradient"), replaceOne, everyone)),
      TinyExperiment.examples(changes(section("direction"))),
      TinyExperiment.examples(changes(section("mislabeled"), zeroOut, heldOut)),
    ]
  }()

  @Test(arguments: sources)
  func theBoundStaysBelowTheGuarantee(source: String) async throws {
    let folder = try await Sweep.run(source)
    let rows = try RunFiles(directory: folder.path).tradeoffRows()
    for row in rows {
      let audit = try #require(row.audit)
      #expect(audit.epsilonLower <= row.claim.epsilonUpper)
      #expect((audit.canaryCount, audit.guessCount) == (30 * row.n, 10 * row.n))
      #expect(audit.confidence == 0.9999999)
    }
    #expect(try Verification(directory: folder.path).findings == [])
  }

  /// Without noise, and with everybody there in every round, the guesses are right, and certify what so many
  /// right ones can: with v of v at confidence 0.95 and no delta, log(c / (1 - c)) for c = 0.05^(1/v).
  @Test(arguments: [[:], replaceOne])
  func withoutNoiseAGoodAttackIsRight(relation: [String: String]) async throws {
    let changes = relation.merging(Self.audit("canaries: 60, guesses: 20")) { $1 }
      .merging([
        "sampling: {poisson_rate: 0.25}": "sampling: everyone",
        "noise: {multiplier: 1.0}": "noise: none",
        // Long beside what clients send.
        "clipping_norm: 0.5": "clipping_norm: 50", "delta: 1.0e-5": "delta: 1.0e-12",
      ]) { $1 }
    let folder = try await Sweep.run(TinyExperiment.plain(changes))
    let audit = try #require(try RunFiles(directory: folder.path).tradeoffRows()[0].audit)
    #expect(audit.correctCount == audit.guessCount)
    let right = pow(0.05, 1 / Double(audit.guessCount))
    #expect((audit.epsilonLower - log(right / (1 - right))).magnitude < 1e-4)
  }

  /// A model without noise that has memorized gives its canaries away by its losses. Of 20 blind guesses 18
  /// or more are right with probability 0.0002.
  @Test func aModelThatMemorizesGivesCanariesAway() async throws {
    let memorizing = [
      "rounds: 3\n": "rounds: 60\n", "learning_rate: 0.5": "learning_rate: 400",
      "noise: {multiplier: 1.0}": "noise: none", "replicates: 2": "replicates: 1",
      "every: 2": "every: 60", "validation_examples: 0": "validation_examples: 90",
    ]
    let section = Self.audit("canaries: 40, guesses: 20, canary: mislabeled")
    let folder = try await Sweep.run(
      TinyExperiment.examples(Self.changes(section, memorizing, Self.everyone)))
    let audit = try #require(try RunFiles(directory: folder.path).tradeoffRows()[0].audit)
    #expect(audit.correctCount >= 18, "\(audit)")
  }

  /// The plan of a file without an audit says nothing of one; with it the declared units are a constant of
  /// the file.
  @Test func theDivisorIsPublic() throws {
    let plain = try TinyExperiment.plan(TinyExperiment.plain())
    #expect(!String(decoding: try plain.document(), as: UTF8.self).contains("audit"))
    let sampler = { (source: String) in
      try #require(try TinyExperiment.plan(source).trials[0].training).plan.sampler
    }
    let audited = TinyExperiment.plain(Self.audit("canaries: 21, guesses: 2"))
    #expect(try sampler(TinyExperiment.plain()).expectedCohortSize == 10)
    #expect(try sampler(audited).expectedCohortSize == 0.25 * 51)
    let fixed = TinyExperiment.plain(
      Self.audit("canaries: 21, guesses: 2").merging(Self.replaceOne) { $1 }
        .merging(["{poisson_rate: 0.25}": "{cohort_size: 10}"]) { $1 })
    #expect(
      try sampler(fixed).amplified(.gaussian(noiseMultiplier: 1))
        == .sampledWithoutReplacement(
          .gaussian(noiseMultiplier: 1), cohortSize: 10, populationSize: 61))
  }

  /// Poisson sampling costs the same with canaries in it.
  @Test func anAuditDoesNotChangeThePrice() throws {
    let prices = try [
      TinyExperiment.plain(), TinyExperiment.plain(Self.audit("canaries: 9, guesses: 2")),
    ]
    .map { try TinyExperiment.plan($0).trials[0].claim }
    #expect(prices[0] == prices[1])
  }

  @Test func filesWithoutAnAuditHaveNoColumnsForIt() async throws {
    let folder = try await Sweep.run(TinyExperiment.plain(Self.quick))
    let files = try RunFiles(directory: folder.path)
    #expect(!String(decoding: files.tradeoff, as: UTF8.self).contains("audit"))
    #expect(!String(decoding: files.trials, as: UTF8.self).contains("audit"))
    #expect(try files.columns(of: .tradeoff) == ResultTable.tradeoff.columns)
  }

  @Test func auditedFilesHaveColumnsForIt() async throws {
    let source = TinyExperiment.plain(
      Self.changes(Self.audit("canaries: 70, guesses: 10, canary: direction, one_shot: true")))
    let folder = try await Sweep.run(source)
    let files = try RunFiles(directory: folder.path)
    for table in [ResultTable.trials, .tradeoff] {
      let header = String(decoding: files.contents(of: table), as: UTF8.self).prefix { $0 != "\n" }
      #expect(try files.columns(of: table).map(\.name).joined(separator: ",") == header)
      let count = try files.columns(of: table).count
      #expect(try files.values(of: table).allSatisfy { $0.count == count })
    }
    for row in try files.tradeoffRows() {
      let trials = try files.trialRows().filter { $0.setting == row.setting }.compactMap(\.audit)
      #expect(trials.count == row.n)
      #expect(row.audit?.correctCount == trials.reduce(0) { $0 + $1.correctCount })
      let estimate = try #require(row.audit?.epsilonEstimate)
      #expect(estimate >= 0)
    }
  }

  /// A guess more in the measurements is found, as a difference or as no audit at all.
  @Test(arguments: ["audit_correct", "audit_guesses"])
  func aForgedCountIsFound(metric: String) async throws {
    let folder = try await Sweep.run(TinyExperiment.plain(Self.audit("canaries: 20, guesses: 5")))
    let rounds = try folder.text("rounds.csv")
    for value in ["-1", "1.5", "6", "nan", "3"] {
      let forged = rounds.replacing(try Regex("\(metric),[0-9]+"), with: "\(metric),\(value)")
      guard forged != rounds else { continue }
      try folder.write(forged, to: "rounds.csv")
      try Sweep.sign(folder)
      let findings = try Verification(directory: folder.path).findings
      let wasThree = metric == "audit_correct" && rounds.contains("audit_correct,3")
      #expect(findings != [] || (value == "3" && wasThree), "\(value)")
    }
  }

  /// The fate of a canary is the replicate's, whatever is done with the model; replicates differ.
  @Test func settingsShareCoinsAndReplicatesDoNot() async throws {
    let plan = try TinyExperiment.plan(
      TinyExperiment.source(Self.audit("canaries: 200, guesses: 5")))
    let keys = try plan.trials.map { try #require($0.training).plan.sharedKeys }
    #expect(Set(keys).count == 2)
  }

  @Test(arguments: [
    ("canaries: 8000, guesses: 5", [:], "audit.canaries: every gradient canary"),
    ("canaries: 10000, guesses: 5, canary: direction", [:], "audit.canaries: directions of 7850"),
    ("canaries: 20, guesses: 21", [:], "audit.guesses: must be from 1 to 20, found 21"),
    ("canaries: 20, guesses: 5, canary: bird", [:], "audit.canary: \"bird\" is not a choice"),
    (
      "canaries: 20, guesses: 5, confidence: 1", [:],
      "audit.confidence: must be above 0 and below 1"
    ),
    ("canaries: 20, guesses: 5, bird: 1", [:], "audit.bird: unknown key"),
    (
      "canaries: 70, guesses: 5, one_shot: true", [:],
      "audit.one_shot: the estimate rests on canaries"
    ),
    (
      "canaries: 20, guesses: 5, canary: direction, one_shot: true", [:],
      "audit.canaries: the spread of"
    ),
    (
      "canaries: 70, guesses: 5, canary: direction, one_shot: true", replaceOne,
      "audit.one_shot: the estimate is of whether"
    ),
    (
      "canaries: 20, guesses: 5, canary: mislabeled", [:],
      "set dataset.validation_examples to 30000"
    ),
    (
      "canaries: 5, guesses: 5, canary: mislabeled",
      ["validation_examples: 0": "validation_examples: 90", "split: test": "split: validation"],
      "audit.canary: canaries are made of held-out examples"
    ),
    (
      "canaries: 5, guesses: 5, canary: mislabeled",
      [
        "validation_examples: 0": "validation_examples: 90",
        "rounds: 3": "rounds: 3\n  participation: {drop_out: 0.1}",
      ], "audit.canary: canaries that train are always available"
    ),
    (
      "canaries: 5, guesses: 5, canary: mislabeled",
      [
        "validation_examples: 0": "validation_examples: 90",
        "add-or-remove-one": "zero-out\n  mechanism: local-gaussian",
      ], "audit.canary: a canary that trains would share its noise"
    ),
    (
      "canaries: 20, guesses: 5", ["batch_size: 5": "batch_size: 5\n  control_variates: true"],
      "audit: clients with control variates"
    ),
    (
      "canaries: 20, guesses: 5",
      ["{poisson_rate: 0.25}": "in_turn", "add-or-remove-one": "zero-out"],
      "audit: canaries come after all clients"
    ),
  ])
  func whatCannotBeAuditedIsRefused(
    section: String, changes: [String: String], message: String
  ) throws {
    let source = TinyExperiment.plain(changes.merging(Self.audit(section)) { $1 })
    do {
      _ = try TinyExperiment.experiment(source)
      Issue.record("it is taken")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
    }
  }

  @Test func analyticsAreRefused() throws {
    let source = TinyAnalytics.source + "audit: {canaries: 20, guesses: 5}\n"
    #expect {
      try Experiment(source: source, file: "tiny.yaml", smoke: false)
    } throws: { "\($0)".contains("audit: an audit needs a model in training") }
  }

  @Test func privateChoicesAreRefused() throws {
    let source = TuningTests.source(["tuning:": "audit: {canaries: 20, guesses: 5}\ntuning:"])
    #expect {
      try Experiment(source: source, file: "tiny.yaml", smoke: false)
    } throws: { "\($0)".contains("audit: a private choice publishes one of its runs") }
  }

  @Test func silosAreRefused() throws {
    #expect {
      try TinyExperiment.experiment(TinyExperiment.silos(Self.audit("canaries: 20, guesses: 5")))
    } throws: { "\($0)".contains("audit: silos release on their own") }
  }

  /// Where the noise is the clients' own, or whole numbers, canaries go the way of all updates.
  @Test(arguments: [
    "zero-out\n  mechanism: local-gaussian",
    "add-or-remove-one\n  mechanism: {distributed_discrete_gaussian: {bits: 20, noise_contributors: 5}}",
  ])
  func otherMechanismsAreAudited(mechanism: String) async throws {
    let source = TinyExperiment.plain(
      Self.audit("canaries: 40, guesses: 20, confidence: 0.9999999").merging(
        ["neighboring_relation: add-or-remove-one": "neighboring_relation: \(mechanism)"]) { $1 })
    let folder = try await Sweep.run(source)
    let row = try RunFiles(directory: folder.path).tradeoffRows()[0]
    #expect(try #require(row.audit).epsilonLower <= row.claim.epsilonUpper)
  }

  @Test func aFileWithoutASectionGetsOne() throws {
    let folder = try TemporaryFolder()
    try folder.write(TinyExperiment.plain(), to: "tiny.yaml")
    let section = AuditSection(canaries: 30, guesses: 4, confidence: 0.9, canary: .direction)
    let audited = try Experiment(
      path: folder.at("tiny.yaml"), smoke: false, auditing: section, unlessItHasOne: true)
    #expect(audited.name == "tiny-audit")
    let plan = try Plan(audited, file: "tiny.yaml")
    let audit = try #require(plan.trials[0].training?.plan.audit)
    #expect((audit.canaries, audit.guesses, audit.canary) == (30, 4, .direction))
    #expect("\(audit.confidence)".contains("0.9"))

    try folder.write(audited.source, to: "own.yaml")
    let own = try Experiment(
      path: folder.at("own.yaml"), smoke: false, auditing: .standard, unlessItHasOne: true)
    #expect(own.name == "tiny-audit")
    #expect(throws: ExperimentError.self) {
      try Experiment(
        path: folder.at("own.yaml"), smoke: false, auditing: section, unlessItHasOne: false)
    }
  }
}
