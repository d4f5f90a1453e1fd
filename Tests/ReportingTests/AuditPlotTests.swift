import Accounting
import Reporting
import Results
import Statistics
import Testing

/// Audits in tables and plots.
@Suite struct AuditPlotTests {
  /// 18 and 19 of 20 guesses right, on 100 canaries each.
  private func rows() throws -> [TradeoffRow] {
    func row(
      _ setting: Int, _ claim: PrivacyClaim, replicate: Int, correct: Int
    ) throws -> TrialRow {
      TrialRow(
        trial: "t\(setting)\(replicate)", setting: setting, replicate: replicate,
        sweep: "a=\(setting)",
        claim: claim, clippingNorm: nil, targetEpsilon: nil, rounds: 1, evaluationSplit: "test",
        accuracy: 0.5, loss: 1, links: .none,
        audit: try #require(
          TrialAudit(
            canaryCount: 100, guessCount: 20, correctCount: correct,
            confidence: .ninetyFivePercent, epsilonEstimate: nil)))
    }
    let claims = [
      try Samples.claim(8, noiseMultiplier: 1), try Samples.claim(.infinity, noiseMultiplier: 0),
    ]
    return TradeoffRow.summarize(
      try claims.enumerated().flatMap { setting, claim in
        [
          try row(setting, claim, replicate: 0, correct: 18),
          try row(setting, claim, replicate: 1, correct: 19),
        ]
      })
  }

  /// By Theorem 5.2 with exact binomials in Python's integers and floats: 1.49669...
  @Test func replicatesAreOneAudit() throws {
    let audit = try #require(try rows()[0].audit)
    #expect((audit.canaryCount, audit.guessCount, audit.correctCount) == (200, 40, 37))
    #expect((audit.epsilonLower - 1.4966952246317784).magnitude < 1e-5)
    #expect(audit.epsilonLower <= 1.4966952246317784)
  }

  @Test func theTableShowsTheBoundAndWhatItMeans() throws {
    let lines = TradeoffTable(try rows(), evaluationSplit: "test").description.split(
      separator: "\n")
    #expect(lines[0].hasSuffix("  n   audited"))
    #expect(lines[1].hasSuffix("  2  >= 1.496"))
    let meaning =
      "audited: what ran guarantees no epsilon below this at delta = 1e-05, with 95 % confidence each, "
      + "by 40 guesses about 200 canaries in 2 runs"
    #expect(lines.last.map(String.init) == meaning)
  }

  @Test func thePlotHoldsFiniteEpsilonsAndTheDiagonal() throws {
    let plot = try #require(AuditPlot(try rows()))
    #expect(plot.script.contains("$curve0 << END\n8 1.49669\nEND"))
    #expect(plot.script.contains("$diagonal << END\n0 0\n8.64 8.64\nEND"))
    #expect(AuditPlot(try Samples.single()) == nil)
    #expect(AuditPlot([try rows()[1]]) == nil)
  }
}
