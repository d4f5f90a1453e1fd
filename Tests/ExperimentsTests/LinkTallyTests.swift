import Foundation
import Results
import Testing
import _TestSupport

@testable import Experiments

/// What a run says of its links and devices.
@Suite struct LinkTallyTests {
  private static let parameterCount = 7850.0

  private static func source(_ lines: String, every: Int = 2, noise: String = "none") -> String {
    TinyExperiment.plain([
      "server_momentum: 0.9\n": "server_momentum: 0.9\n  \(lines)\n", "rounds: 3\n": "rounds: 9\n",
      "every: 2": "every: \(every)", "noise: {multiplier: 1.0}": "noise: \(noise)",
    ])
  }

  private func rows(_ source: String) async throws -> (trials: [TrialRow], rounds: [RoundRow]) {
    let folder = try await Sweep.run(source)
    return try withExtendedLifetime(folder) {
      let files = try RunFiles(directory: folder.path)
      return (try files.trialRows(), try files.roundRows())
    }
  }

  /// Without compression every report and every model is 4 bytes a parameter.
  @Test func perfectLinksCarryFloats() async throws {
    let (trials, rounds) = try await rows(Self.source("compression: none"))
    for trial in trials {
      let reported = try #require(
        rounds.last { $0.trial == trial.trial && $0.metric == .diagnosticReported }
      ).value
      #expect(trial.links.bytesUp == 4 * Self.parameterCount * reported)
      #expect(trial.links.bytesDown == trial.links.bytesUp)
      // 40 clients at a rate of 1/4 for 9 rounds.
      #expect(trial.links.participation == reported / 90)
      #expect(trial.links.skippedRounds == nil)
    }
  }

  /// Totals are of all rounds, however rarely a run is measured.
  @Test func everyRoundCounts() async throws {
    let line = "compression: {top_k: 0.01}\n  participation: {minimum: {devices: 11}}"
    let (often, rounds) = try await rows(Self.source(line, every: 1))
    let (seldom, _) = try await rows(Self.source(line, every: 9))
    #expect(often.map(\.links) == seldom.map(\.links))
    #expect(often.allSatisfy { $0.links.skippedRounds! > 0 && $0.links.skippedRounds! < 9 })
    for metric in [
      Metric.diagnosticBytesUp, .diagnosticBytesDown, .diagnosticReported, .skippedRounds,
    ] {
      let totals = rounds.filter { $0.trial == often[0].trial && $0.metric == metric }.map(\.value)
      #expect(totals.count == 9)
      #expect(zip(totals, totals.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  /// Ten times fewer values, and their places in the room of some more.
  @Test func compressionIsSeenInTheBytes() async throws {
    let plain = try await rows(Self.source("compression: none")).trials[0].links
    let top = try await rows(Self.source("compression: {top_k: 0.1}")).trials[0].links
    let random = try await rows(Self.source("compression: {random_k: 0.1}")).trials[0].links
    #expect(random.bytesUp! * 10 == plain.bytesUp!)
    #expect(top.bytesUp! > random.bytesUp! && top.bytesUp! < 1.2 * random.bytesUp!)
    #expect(top.bytesDown == plain.bytesDown)
  }

  @Test func devicesThatDropOutSendNothing() async throws {
    let links = try await rows(Self.source("participation: {drop_out: 0.5}")).trials[0].links
    #expect(links.bytesUp! < 0.7 * links.bytesDown!)
    #expect((links.participation! - 0.5).magnitude < 0.2)
  }

  @Test func examplesSendNothing() async throws {
    let (trials, rounds) = try await rows(TinyExperiment.examples())
    #expect(trials.allSatisfy { $0.links == .none })
    let metrics: Set<Metric> = [.diagnosticBytesUp, .diagnosticBytesDown, .diagnosticReported]
    #expect(!rounds.contains { metrics.contains($0.metric) })
  }

  /// Whatever clients draw and keep, the number of threads changes no byte.
  @Test(arguments: [
    "compression: {stochastic_bits: 3}", "compression: {random_k: 0.1}\n  error_feedback: true",
    "participation: {drop_out: 0.3, stragglers: {fraction: 0.5, work: 0.4}}",
  ])
  func threadsChangeNothing(line: String) async throws {
    let source = Self.source(line, noise: "{multiplier: 1.0}")
    let one = try await Sweep.run(source, threads: 1)
    let four = try await Sweep.run(source, threads: 4)
    #expect(try RunFiles(directory: one.path) == RunFiles(directory: four.path))
    #expect(try Verification(directory: one.path).findings == [])
  }

  /// Trials with other links do not train side by side, and none depends on which others there are.
  @Test func otherTrialsChangeNothing() async throws {
    let both = try await rows(
      Self.source("compression: none").replacingOccurrences(
        of: "smoke:", with: "sweep:\n  training.compression: [none, {decimals: 2}]\nsmoke:"))
    let alone = try await rows(Self.source("compression: {decimals: 2}"))
    #expect(Array(both.trials.suffix(2).map(\.trial)) == alone.trials.map(\.trial))
    #expect(both.trials.suffix(2).map(\.links) == alone.trials.map(\.links))
    #expect(both.trials.suffix(2).map(\.accuracy) == alone.trials.map(\.accuracy))
  }

  @Test func aForgedTotalIsFound() async throws {
    let folder = try await Sweep.run(Self.source("compression: {top_k: 0.1}"))
    let bytes = try #require(
      try RunFiles(directory: folder.path).trialRows()[0].links.bytesUp.map { Int($0) })
    try folder.write(
      folder.text("trials.csv").replacingOccurrences(of: "\(bytes)", with: "\(bytes - 1)"),
      to: "trials.csv")
    try Sweep.sign(folder)
    #expect(
      try Verification(directory: folder.path).findings
        == [.notDerivable(file: "trials.csv", line: 2)])
  }
}
