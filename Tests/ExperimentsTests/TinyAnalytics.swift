import Foundation
import Results
import _TestSupport

@testable import Datasets
@testable import Experiments

/// Questions to a corpus that are answered in milliseconds.
enum TinyAnalytics {
  static let source = """
    schema: 1
    name: tiny
    question: What do they say?
    seed: 7
    replicates: 2
    dataset:
      name: shakespeare-words
      held_out: 0.2
    analytics:
      kind: next-words
      pairs_per_user: 3
      words_per_user: 1
      weights: one
      choose: at-random
    evaluation:
      recall_at: 3
      tuned_on: nothing
    privacy:
      unit: client
      neighboring_relation: add-or-remove-one
      delta: 1.0e-5
      accountant: pld
      threshold_share: 0.25
      noise: none
    sweep:
      privacy.noise:
        - none
        - bounds-only
        - {multiplier: 1.5}
        - {target_epsilon: 2}
    smoke:
      replicates: 1

    """

  static let wordList = source([
    "next-words": "word-list", "  pairs_per_user: 3\n": "",
    "words_per_user: 1": "words_per_user: 4",
    "at: 3": "at: 10",
  ])

  static func source(_ changes: [String: String]) -> String {
    changes.reduce(source) { text, change in
      precondition(text.contains(change.key), "\(change.key) is not in the tiny experiment")
      return text.replacingOccurrences(of: change.key, with: change.value)
    }
  }

  static func plan(_ source: String = source) throws -> Plan {
    try Plan(Experiment(source: source, file: "tiny.yaml", smoke: false), file: "tiny.yaml")
  }

  /// As many speakers as the published plays have, with some habits and a name of their own.
  static let plays = Plays(
    speakers: (0..<Plays.publishedSpeakerCount).map { user in
      let lines = [
        "My good lord, I am \(user.isMultiple(of: 2) ? "well" : "ill")",
        "The king is \(["dead", "mad", "here"][user % 3])", "I am name\(user) my good lord",
      ]
      return Speaker(play: "tiny/play\(user % 5)", name: "A\(user)", lines: lines)
    }, fingerprint: Plays.publishedFingerprint)

  /// A finished run in a new folder.
  static func run(_ source: String = source, threads: Int = 2) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let plan = try plan(source)
    let directory = try RunDirectory(folder.path, plan: plan.document(), restart: false)
    let runner = SweepRunner(
      plan: plan, threads: threads, checkpointInterval: .seconds(10),
      load: { _ in throw NoImages() },
      loadPlays: { plays })
    _ = try await runner.run(
      in: directory, provenance: Sweep.provenance, onEvent: { _ in })
    return folder
  }

  struct NoImages: Error {}
}
