import Foundation
import Results
import Testing
import _TestSupport

@testable import Experiments

@Suite struct SweepEstimateTests {
  private static func runner(_ source: String, threads: Int) throws -> SweepRunner {
    SweepRunner(
      plan: try TinyExperiment.plan(source), threads: threads, checkpointInterval: .seconds(10)
    ) { _ in TinyExperiment.dataset() }
  }

  @Test func everySettingIsTimedAndNothingIsKept() async throws {
    let before = try FileManager.default.contentsOfDirectory(
      atPath: FileManager.default.currentDirectoryPath)
    let estimate = try await Self.runner(TinyExperiment.source, threads: 2)
      .estimate(within: 0.05) { _ in }
    #expect(Set(estimate.secondsOfTrial.keys) == [0, 1, 2])
    #expect(estimate.secondsOfTrial.values.allSatisfy { $0 > 0 })
    // Two replicates on two threads, each three trials side by side, which are of one kind.
    let group = try #require(estimate.secondsOfTrial[0]) * 3
    #expect(abs(estimate.trainingSeconds - group) < 1e-9)
    #expect((2...6).contains(estimate.timedRounds))
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: FileManager.default.currentDirectoryPath) == before)
  }

  /// Time goes by the rounds and not by those that are timed.
  @Test func tenTimesTheRoundsTakeTenTimesAsLong() async throws {
    let seconds = try await [200, 2000].asyncMap { rounds in
      try await Self.runner(
        TinyExperiment.plain(["rounds: 3\n": "rounds: \(rounds)\n", "every: 2": "every: 10000"]),
        threads: 1
      ).estimate(within: 0.2) { _ in }.trainingSeconds
    }
    // Loose, since other tests run beside this one.
    #expect(seconds[1] > 3 * seconds[0] && seconds[1] < 33 * seconds[0], "\(seconds)")
  }

  @Test func groupsTakeTheNextFreePlace() {
    #expect(SweepRunner.end(of: [3, 1, 1, 1, 2], atATime: 2) == 5)
    #expect(SweepRunner.end(of: [3, 1, 1, 1, 2], atATime: 1) == 8)
    #expect(SweepRunner.end(of: [], atATime: 3) == 0)
  }
}

extension Array {
  fileprivate func asyncMap<Value>(
    _ transform: (Element) async throws -> Value
  ) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
