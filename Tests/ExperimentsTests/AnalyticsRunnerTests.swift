import Accounting
import Analytics
import Foundation
import Results
import Testing
import _TestSupport

@testable import Datasets
@testable import Experiments

@Suite struct AnalyticsRunnerTests {
  @Test func aRunLeavesOneReleaseATrial() async throws {
    let folder = try await TinyAnalytics.run()
    let plan = try TinyAnalytics.plan()
    let files = try RunFiles(directory: folder.path)
    let rows = try files.trialRows()
    #expect(rows.map(\.trial) == plan.trials.map(\.id.description))
    #expect(rows.map(\.claim) == plan.trials.map(\.claim))
    #expect(rows.map(\.clippingNorm) == [nil, nil, nil, nil, 2, 2, 2, 2])
    #expect(
      rows.allSatisfy { $0.loss == nil && $0.rounds == 1 && $0.evaluationSplit == "held-out" })

    let rounds = try files.roundRows()
    #expect(rounds.allSatisfy { $0.round == 1 })
    for row in rows {
      let metrics = rounds.filter { $0.trial == row.trial }
      #expect(
        metrics.map(\.metric) == [
          .recallAt1, .accuracy, .recallAt3, .recallAt5, .recallAt10, .releasedCount,
        ])
      let recalls = metrics.map(\.value).dropLast()
      #expect(recalls.allSatisfy { (0...1).contains($0) } && Array(recalls) == recalls.sorted())
      #expect(metrics[1].value == metrics[2].value && metrics[1].value == row.accuracy)
    }

    let ledgers = try files.ledgerRows()
    #expect(ledgers.allSatisfy { $0.privacyUnit == .client && $0.events.runs.count == 1 })
    #expect(ledgers.prefix(4).allSatisfy { $0.events.runs[0].event == .nonPrivate })
    #expect(
      ledgers[4].events.runs.map(\.event) == [
        .composed([.gaussian(noiseMultiplier: 1.5), .failure(probability: 0.25e-5)])
      ])
  }

  @Test func withoutNoiseTheCommonPairsAreKnown() async throws {
    let folder = try await TinyAnalytics.run()
    let rounds = try RunFiles(directory: folder.path).roundRows()
    let plan = try TinyAnalytics.plan()
    func value(_ metric: Metric, _ trial: Int) throws -> Double {
      try #require(
        rounds.first { $0.trial == plan.trials[trial].id.description && $0.metric == metric }
      ).value
    }
    // Of the 13 pairs that a user writes, only its name after "am" cannot be known.
    #expect(abs(try value(.recallAt10, 0) - 12.0 / 13) < 1e-9)
    #expect(try value(.releasedCount, 0) > 2 * 1141)
    #expect(try value(.releasedCount, 2) < value(.releasedCount, 0))
    // Names never leave with noise: nobody shares them.
    #expect(try value(.releasedCount, 4) <= 26)
    #expect(try value(.recallAt10, 4) > 0.5)
  }

  @Test func wordListsAreMeasuredByCoverage() async throws {
    let folder = try await TinyAnalytics.run(TinyAnalytics.wordList)
    let rounds = try RunFiles(directory: folder.path).roundRows()
    let first = try #require(rounds.first).trial
    #expect(
      rounds.filter { $0.trial == first }.map(\.metric) == [
        .accuracy, .recallAt10, .recallAt30, .recallAt100, .recallAt300, .recallAt1000, .coverage,
        .releasedCount, .diagnosticRecall,
      ])
    // 15 words of 18 a user are common; the names of those who are held out are nobody else's.
    let coverage = try #require(rounds.first { $0.metric == .coverage }).value
    #expect(coverage > 0.9 && coverage < 1)
    #expect(try #require(rounds.first { $0.metric == .diagnosticRecall }).value == 1)
  }

  @Test func anyNumberOfThreadsGivesTheSameBytes() async throws {
    let one = try await TinyAnalytics.run(threads: 1)
    let three = try await TinyAnalytics.run(threads: 3)
    #expect(try RunFiles(directory: one.path) == RunFiles(directory: three.path))
  }

  @Test func aRunVerifies() async throws {
    let folder = try await TinyAnalytics.run()
    #expect(try Verification(directory: folder.path).findings == [])
    try folder.write(
      folder.text("ledgers.jsonl").replacingOccurrences(
        of: "\"probability\":2.5e-06", with: "\"probability\":1e-06"), to: "ledgers.jsonl")
    try Sweep.sign(folder)
    #expect(try Verification(directory: folder.path).findings.count == 4)
  }

  /// A trial that starts over after a crash repeats its release, and pays nothing for it; one that would
  /// release anything else is stopped by its ledger.
  @Test func aReleaseIsChargedOnceAndRepeatedExactly() async throws {
    let folder = try TemporaryFolder()
    let plan = try TinyAnalytics.plan()
    let directory = try RunDirectory(folder.path, plan: plan.document(), restart: false)
    let trials = plan.trials.compactMap(\.analytics)
    let trial = trials[4]
    let data = try AnalyticsData(
      TinyAnalytics.plays, source: trial.plan.settings.source, seed: 7)
    func run(_ trial: AnalyticsTrial) throws -> FinishedTrial {
      try AnalyticsRunner(trial: trial, data: data, directory: directory).run()
    }
    let first = try run(trial)
    let second = try run(trial)
    #expect(second.measurements == first.measurements && second.ledger == first.ledger)
    #expect(try directory.ledger(of: trial.id, releases: 1).reservedCount == 1)
    #expect(throws: ResultsError.self) {
      _ = try run(AnalyticsTrial(id: trial.id, plan: trials[6].plan))
    }
  }

  @Test func replicatesAndSettingsShareWhatTheyShould() throws {
    let trials = try TinyAnalytics.plan().trials.compactMap(\.analytics)
    let choices = trials.map { $0.plan.choiceKey(user: 3) }
    #expect(Set(choices).count == 2)
    #expect(choices[0] == choices[6] && choices[1] == choices[7])
    #expect(choices[0] != trials[0].plan.choiceKey(user: 4))
    #expect(Set(trials.map { $0.plan.noiseKey(of: $0.id) }).count == 8)
  }
}
