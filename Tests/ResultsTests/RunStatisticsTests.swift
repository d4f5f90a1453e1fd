import Accounting
import Results
import Statistics
import Testing

@Suite struct RunStatisticsTests {
  private func trials(
    _ settings: [(sweep: String, epsilon: Double?, accuracies: [Double])]
  ) throws -> [TrialRow] {
    try settings.enumerated().flatMap { index, setting in
      let claim =
        try setting.epsilon.map { try Samples.claim(epsilon: ($0 / 2, $0)) }
        ?? Samples.nonPrivateClaim()
      return setting.accuracies.enumerated().map { replicate, accuracy in
        Samples.trial(
          setting: index, replicate: replicate, sweep: setting.sweep, claim: claim,
          accuracy: accuracy)
      }
    }
  }

  private func pairs(_ differences: [SettingDifference]) -> [[Int]] {
    differences.map { [$0.first.setting, $0.second.setting] }
  }

  /// The numbers of `scipy.stats.ttest_rel` for "fedavg" and "noise" of StatisticsTests' references.
  @Test func differencesArePairedByReplicate() throws {
    let none = [0.8325, 0.8316, 0.8305, 0.8309, 0.8321]
    let eight = [0.8285, 0.8267, 0.8251, 0.8264, 0.8275]
    let six = [0.8255, 0.8291, 0.8262, 0.8281, 0.8268]
    let rows = try trials([
      ("privacy.noise=none", nil, none), ("privacy.noise=target_epsilon:8", 8, eight),
      ("privacy.noise=target_epsilon:6", 6, six),
    ])
    // Rows in any order: a replicate is found by its number.
    for trials in [rows, rows.reversed()] {
      let statistics = try RunStatistics(of: trials, exampleCount: 10_000)
      #expect(pairs(statistics.neighbors) == [[2, 1], [1, 0]])
      #expect(pairs(statistics.againstBaseline) == [[0, 2], [0, 1]])
      let close = statistics.neighbors[0]
      #expect(close.n == 5 && abs(close.estimate + 0.0003) < 1e-15)
      #expect(abs(try #require(close.pValue) - 0.773025383691014) < 1e-10)
      #expect(close.signFlipPValue == 0.8125)
      #expect(abs(try #require(close.interval).lower + 0.0029990131185225737) < 1e-12)
      #expect(close.verdict == .cannotBeToldApart)
      let far = statistics.neighbors[1]
      #expect(abs(try #require(far.pValue) - 3.509329436723502e-05) < 1e-14)
      #expect(abs(try #require(far.holmPValue) - 2 * 3.509329436723502e-05) < 1e-14)
      #expect(close.holmPValue == close.pValue)
      #expect(far.verdict == .higher)
      #expect(statistics.againstBaseline[1].verdict == .lower)
      let samplingError = try #require(statistics.settings[0].samplingError)
      #expect(abs(samplingError - (0.83152 * 0.16848 / 10_000).squareRoot()) < 1e-15)
    }
  }

  @Test func seriesHaveTheirOwnNeighborsAndBaselines() throws {
    let statistics = try RunStatistics(
      of: try trials([
        ("case=a;privacy.noise=target_epsilon:1", 1, [0.1, 0.2]),
        ("case=a;privacy.noise=target_epsilon:4", 4, [0.3, 0.4]),
        ("case=a;privacy.noise=target_epsilon:2", 2, [0.2, 0.3]),
        ("case=b;privacy.noise=none", nil, [0.5, 0.6]),
        ("case=b;privacy.noise=target_epsilon:1", 1, [0.9, 0.9]),
        ("case=c", 3, [0.7, 0.7]), ("case=d", 3, [0.8, 0.8]),
      ]), exampleCount: nil)
    #expect(pairs(statistics.neighbors) == [[0, 2], [2, 1], [4, 3]])
    // The best of a, the noise-free one of b, the best of those alone.
    #expect(pairs(statistics.againstBaseline) == [[1, 0], [1, 2], [3, 4], [6, 5]])
    #expect(statistics.settings.allSatisfy { $0.samplingError == nil })
  }

  @Test func whatOneFamilyMakesOfAnIntervalIsSaid() throws {
    // Each difference by itself has p = 0.015 or 0.017 (scipy.stats.ttest_1samp of SciPy 1.17.1).
    let spread = [-0.04, 0.05, -0.02, 0.02]
    let settings = (0..<5).map { step in
      let base = 0.1 * Double(step)
      return (
        "privacy.noise=\(step)", 1 + Double(step),
        spread.map { step.isMultiple(of: 2) ? base : base + $0 }
      )
    }
    let one = try RunStatistics(of: try trials(settings), exampleCount: nil)
    let alone = one.neighbors.filter { $0.verdict == .higherAlone }
    #expect(alone.count == 4)
    for difference in alone {
      #expect(try #require(difference.pValue) < 0.05)
      #expect(try #require(difference.holmPValue) > 0.05)
    }
  }

  @Test func oneReplicateIsUnknown() throws {
    let statistics = try RunStatistics(
      of: try trials([
        ("privacy.noise=1", 1, [0.5]), ("privacy.noise=2", 2, [0.7]),
      ]), exampleCount: nil)
    let difference = try #require(statistics.neighbors.first)
    #expect(abs(difference.estimate - 0.2) < 1e-15 && difference.n == 1)
    #expect(difference.interval == nil && difference.holmPValue == nil)
    #expect(difference.verdict == .unknown)
    #expect(statistics.settings[0].replicatesNeeded == nil)
  }

  @Test func replicatesThatShareNoNumberAreNotPaired() throws {
    let claim = try Samples.claim()
    let statistics = try RunStatistics(
      of: [
        Samples.trial(setting: 0, replicate: 0, sweep: "privacy.noise=1", claim: claim),
        Samples.trial(setting: 1, replicate: 1, sweep: "privacy.noise=2", claim: claim),
      ], exampleCount: nil)
    #expect(statistics.neighbors.isEmpty && statistics.settings.count == 2)
  }

  @Test func damagedRowsAreNamed() throws {
    let claim = try Samples.claim()
    let twice = [Samples.trial(claim: claim), Samples.trial(claim: claim)]
    #expect(
      throws: ResultsError.unreadable(
        file: "trials.csv", reason: "setting 0 has replicate 0 twice")
    ) { try RunStatistics(of: twice, exampleCount: nil) }
    #expect(
      throws: ResultsError.unreadable(
        file: "trials.csv", reason: "the accuracy of trial 0123456789abcdef is nan")
    ) {
      try RunStatistics(of: [Samples.trial(claim: claim, accuracy: .nan)], exampleCount: nil)
    }
  }
}
