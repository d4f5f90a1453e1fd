import Results
import Statistics
import Testing

@testable import Reporting

@Suite struct StatisticsTableTests {
  private func statistics(
    terms: StatisticsTerms = StatisticsTerms()
  ) throws -> RunStatistics {
    try RunStatistics(
      of: Samples.trials([
        (
          "privacy.noise=none", try Samples.claim(.infinity, noiseMultiplier: 0), [0.9, 0.91, 0.92]
        ),
        (
          "privacy.noise=target_epsilon:8", try Samples.claim(8, noiseMultiplier: 1),
          [0.8, 0.82, 0.81]
        ),
        (
          "privacy.noise=target_epsilon:6", try Samples.claim(6, noiseMultiplier: 2),
          [0.82, 0.8, 0.81]
        ),
      ]), terms: terms, exampleCount: 10_000)
  }

  @Test func tablesHoldSettingsAndDifferences() throws {
    let text = StatisticsTable(
      try statistics(), evaluationSplit: "test", measure: "accuracy"
    ).description
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // 4.303 is Student's quantile with two degrees of freedom.
    #expect(
      lines[0...2] == [
        "setting                 epsilon  test accuracy  standard error       95 % interval  n  "
          + "n for +-0.2  sampling error",
        "noise=none                  inf        91.00 %            0.58  88.52 % .. 93.48 %  3  "
          + "         99            0.29",
        "noise=target_epsilon:8   <= 8.0        81.00 %            0.58  78.52 % .. 83.48 %  3  "
          + "         99            0.39",
      ])
    #expect(lines.contains("neighbors, by rising epsilon: 2 differences"))
    #expect(lines.contains { $0.contains("not to be told apart") })
    #expect(text.contains("epsilon: upper bound, rounded up, at delta = 1e-05; unit: client;"))
    #expect(text.contains("sampling error: what drawing so many other test examples would add"))
    #expect(!text.contains("the best is so"))
    #expect(!text.contains("bootstrap"))
  }

  @Test func theMethodIsSaid() throws {
    let text = StatisticsTable(
      try statistics(
        terms: StatisticsTerms(
          method: .bootstrap, confidence: try #require(Confidence(0.9)), halfWidth: 0.005)),
      evaluationSplit: "test", measure: "accuracy"
    ).description
    #expect(text.contains("90 % interval: by the bias-corrected and accelerated bootstrap"))
    #expect(text.contains("n for +-0.5"))
  }

  @Test func warningsNameWhatMayBeNoise() throws {
    let warning = try #require(NoiseWarning(try statistics(), directory: "results/x"))
    #expect(
      warning.description
        == "epsilon 6.0 and 8.0: difference +0.00 points, 95 % paired interval -4.97 .. +4.97: "
        + "not to be told from noise")
  }

  @Test func warningsAreFew() throws {
    let noisy = try (1...7).map { epsilon in
      (
        "case=a;privacy.noise=\(epsilon)", try Samples.claim(Double(epsilon), noiseMultiplier: 1),
        [0.5, 0.6]
      )
    }
    let blurred = try RunStatistics(of: Samples.trials(noisy), exampleCount: nil)
    let lines = try #require(NoiseWarning(blurred, directory: "results/x")).description
      .split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("a, epsilon 1.0 and 2.0: difference +0.00 points"))
    #expect(lines[3] == "and 3 other neighbors; tradeoff statistics results/x lists them")
    let single = try RunStatistics(
      of: Samples.trials(noisy.map { ($0.0, $0.1, [0.5]) }), exampleCount: nil)
    #expect(NoiseWarning(single, directory: "results/x") == nil)
  }
}
