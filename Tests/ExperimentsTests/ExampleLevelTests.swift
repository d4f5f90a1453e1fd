import Accounting
import Results
import Testing
import _TestSupport

@testable import Experiments

/// Sweeps that protect single examples.
@Suite struct ExampleLevelTests {
  /// Divisors come from the 60,000 examples that the plan declares, and 150 are there: the rate makes
  /// up for it.
  private static let scaled = [
    "learning_rate: 0.5": "learning_rate: 400.0", "rounds: 3\n": "rounds: 20\n",
  ]

  @Test func learningHappens() async throws {
    let plain = try await Sweep.run(
      TinyExperiment.examples(Self.scaled.merging(["{multiplier: 1.0}": "none"]) { $1 }))
    let rows = try RunFiles(directory: plain.path).trialRows()
    #expect(rows.allSatisfy { $0.accuracy > 0.9 })
  }

  @Test func clippedLearningHappens() async throws {
    let clipped = try await Sweep.run(
      TinyExperiment.examples(
        Self.scaled.merging([
          "{multiplier: 1.0}": "{multiplier: 0.01}", "clipping_norm: 0.5": "clipping_norm: 5",
        ]) { $1 }))
    let rows = try RunFiles(directory: clipped.path).trialRows()
    #expect(rows.allSatisfy { $0.accuracy > 0.9 })
  }

  @Test func releasesAreChargedForExamples() async throws {
    let folder = try await Sweep.run(
      TinyExperiment.examples(["{poisson_rate: 0.25}": "{expected_batch_size: 15000}"]))
    let ledgers = try RunFiles(directory: folder.path).ledgerRows()
    #expect(ledgers.count == 2)
    for ledger in ledgers {
      #expect(ledger.privacyUnit == .example)
      #expect(ledger.events.runs.map(\.count) == [3])
      #expect(
        ledger.events.runs.map(\.event)
          == [.poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.25)])
    }
    #expect(try Verification(directory: folder.path).findings == [])
  }

  @Test func anyNumberOfThreadsGivesTheSameBytes() async throws {
    let source = TinyExperiment.examples([
      "smoke:": "sweep:\n  privacy.noise: [none, {multiplier: 2.0}, {multiplier: 0.8}]\nsmoke:"
    ])
    let one = try await Sweep.run(source, threads: 1)
    for threads in [2, 5] {
      let other = try await Sweep.run(source, threads: threads)
      #expect(try RunFiles(directory: other.path) == RunFiles(directory: one.path))
    }
  }

  /// A mean norm that nobody measured leaves no row.
  @Test func whatIsNotMeasuredLeavesNoRow() async throws {
    func metrics(_ noise: String) async throws -> Set<Metric> {
      let folder = try await Sweep.run(TinyExperiment.examples(["{multiplier: 1.0}": noise]))
      return Set(try RunFiles(directory: folder.path).roundRows().map(\.metric))
    }
    let all: Set<Metric> = [
      .accuracy, .loss, .diagnosticCohortSize, .diagnosticClippedFraction,
      .diagnosticMeanUpdateNorm,
    ]
    #expect(try await metrics("{multiplier: 1.0}") == all)
    #expect(try await metrics("none") == all.subtracting([.diagnosticMeanUpdateNorm]))
  }
}
