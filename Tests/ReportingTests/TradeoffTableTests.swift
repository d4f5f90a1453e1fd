import Accounting
import Reporting
import Results
import Testing

@Suite struct TradeoffTableTests {
  /// 0.6 and 0.7 have mean 0.65, standard error 0.05 and Student's quantile 12.7062 for one degree of
  /// freedom: 65 % plus or minus 63.53 %.
  @Test func theTableIsAligned() throws {
    let rows = Samples.rows([
      (
        "privacy.noise=none",
        try Samples.claim(.infinity, noiseMultiplier: 0, epsilonUpperRDP: .infinity), [0.6, 0.7]
      ),
      (
        "privacy.noise=target_epsilon:8",
        try Samples.claim(7.9991, noiseMultiplier: 0.537_349, epsilonUpperRDP: 10.1234), [0.6, 0.7]
      ),
      ("privacy.noise=multiplier:9", try Samples.claim(1, noiseMultiplier: 9), [0.6, 0.7]),
    ])
    #expect(
      TradeoffTable(rows, evaluationSplit: "test").description == """
        setting                 epsilon    by rdp  noise multiplier  test accuracy       95 % interval  n
        noise=none                  inf       inf          no noise        65.00 %  1.47 % .. 128.53 %  2
        noise=target_epsilon:8   <= 8.0  <= 10.13            0.5373        65.00 %  1.47 % .. 128.53 %  2
        noise=multiplier:9       <= 1.0         -                 9        65.00 %  1.47 % .. 128.53 %  2
        epsilon: upper bound, rounded up, at delta = 1e-05; unit: client; neighbors: \
        add-or-remove-one; sampling: poisson(rate=0.1); accountant: pld
        """)
  }

  /// What is alike in all rows, or was not measured, is left out.
  @Test func linksAreShownWhereTheyDiffer() throws {
    let claim = try Samples.claim(1, noiseMultiplier: 9)
    func rows(_ links: [LinkUse]) -> [TradeoffRow] {
      Samples.rows([("a=1", claim, [0.5]), ("a=2", claim, [0.5])], links: links)
    }
    let table = TradeoffTable(
      rows([
        LinkUse(bytesUp: 9_426_000, bytesDown: 9_426_000, participation: 1, skippedRounds: nil),
        LinkUse(bytesUp: 94_260, bytesDown: 9_426_000, participation: 0.624, skippedRounds: 12),
      ]), evaluationSplit: "test")
    let lines = table.description.split(separator: "\n")
    #expect(lines[0].hasSuffix("  n  MB up  reporting  skipped rounds"))
    #expect(lines[1].hasSuffix("  1   9.43    100.0 %               -"))
    #expect(lines[2].hasSuffix("  1   0.09     62.4 %            12.0"))
    let same = LinkUse(bytesUp: 1, bytesDown: 2, participation: 1, skippedRounds: 0)
    #expect(
      TradeoffTable(rows([same, same]), evaluationSplit: "test").description
        .contains("interval  n\n"))
  }

  @Test func singleRunsHaveNoInterval() throws {
    let table = TradeoffTable(try Samples.single(), evaluationSplit: "validation").description
    #expect(table.contains("validation accuracy"))
    #expect(table.contains("85.00 %              -  1\n"))
  }

  @Test(arguments: [
    (1.0001, "<= 1.001"), (1, "<= 1.0"), (0.123_41, "<= 0.1235"), (2.999_999_99, "<= 3.0"),
    (12_345.1, "<= 12350.0"), (1.0e-4 * (1 + 1e-9), "<= 0.0001001"),
  ])
  func epsilonIsRoundedUp(epsilon: Double, text: String) throws {
    let rows = Samples.rows([("", try Samples.claim(epsilon, noiseMultiplier: 1), [0.5])])
    let line = try #require(
      TradeoffTable(rows, evaluationSplit: "test").description.split(separator: "\n").dropFirst()
        .first)
    #expect(line.contains(" \(text) "))
  }

  @Test func everyMeaningOfEpsilonIsSaidOnce() throws {
    let rows = Samples.rows([
      ("a=1", try Samples.claim(1, noiseMultiplier: 1), [0.5]),
      ("a=2", try Samples.claim(2, noiseMultiplier: 1), [0.5]),
      ("a=3", try Samples.claim(2, noiseMultiplier: 1, delta: 1e-7), [0.5]),
      (
        "a=4",
        try Samples.claim(3, noiseMultiplier: 1, sampling: "everyone", accountant: .gaussianDP),
        [0.5]
      ),
    ])
    let sentences = TradeoffTable(rows, evaluationSplit: "test").description
      .split(separator: "\n").filter { $0.hasPrefix("epsilon:") }
    let meanings = [
      "at delta = 1e-05; unit: client; neighbors: add-or-remove-one; sampling: poisson(rate=0.1); accountant: pld",
      "at delta = 1e-07; unit: client; neighbors: add-or-remove-one; sampling: poisson(rate=0.1); accountant: pld",
      "at delta = 1e-05; unit: client; neighbors: add-or-remove-one; sampling: everyone; accountant: gaussian-dp",
    ]
    #expect(sentences == meanings.map { "epsilon: upper bound, rounded up, \($0)" })
  }

  @Test func whyBoundsAreWideIsSaidOnce() throws {
    let claim = try Samples.claim(2, noiseMultiplier: 1, limit: .noTightTheorem)
    let table = TradeoffTable(
      Samples.rows([("a=1", claim, [0.5]), ("a=2", claim, [0.5])]), evaluationSplit: "test")
    #expect(
      table.description.hasSuffix(
        "accountant: pld\nepsilon is not tight: \(PrecisionLimit.noTightTheorem)"))
  }

  @Test func withoutNoiseNothingIsClaimed() throws {
    let rows = Samples.rows([("", try Samples.claim(.infinity, noiseMultiplier: 0), [0.5])])
    let table = TradeoffTable(rows, evaluationSplit: "test").description
    #expect(!table.contains("epsilon:"))
    #expect(table.split(separator: "\n").last?.hasPrefix("-") == true)
  }

  /// Noise so weak that the bound overflows is noise all the same.
  @Test func noiseWithoutAFiniteBoundIsNoise() throws {
    let rows = Samples.rows([("", try Samples.claim(.infinity, noiseMultiplier: 1e-200), [0.5])])
    let table = TradeoffTable(rows, evaluationSplit: "test").description
    #expect(table.contains(" inf "))
    #expect(table.contains(" 1e-200 "))
    #expect(!table.contains("no noise"))
  }
}
