import Results
import Testing

@Suite struct TradeoffRowTests {
  /// Student quantiles at 0.975 from the tables of NIST's e-Handbook, section 1.3.6.7.2.
  @Test(arguments: [
    ([0.6, 0.7], 12.706), ([0.5, 0.6, 0.7], 4.303), ([0.1, 0.2, 0.3, 0.4, 0.5], 2.776),
  ])
  func intervalsAreStudents(accuracies: [Double], quantile: Double) throws {
    let claim = try Samples.claim()
    let rows = TradeoffRow.summarize(
      accuracies.enumerated().map {
        Samples.trial(replicate: $0, claim: claim, accuracy: $1)
      })
    let row = try #require(rows.first)
    let count = Double(accuracies.count)
    let mean = accuracies.reduce(0, +) / count
    let variance = accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let standardError = (variance / count).squareRoot()
    #expect(rows.count == 1 && row.n == accuracies.count)
    #expect(abs(row.accuracyMean - mean) < 1e-15)
    #expect(abs(try #require(row.accuracyStandardError) - standardError) < 1e-15)
    #expect(abs(try #require(row.accuracyLower) - (mean - quantile * standardError)) < 5e-5)
    #expect(abs(try #require(row.accuracyUpper) - (mean + quantile * standardError)) < 5e-5)
  }

  @Test func oneReplicateHasNoInterval() throws {
    let rows = TradeoffRow.summarize([Samples.trial(claim: try Samples.claim(), accuracy: 0.7)])
    let row = try #require(rows.first)
    #expect(row.accuracyMean == 0.7 && row.n == 1)
    #expect(row.accuracyStandardError == nil)
    #expect(row.accuracyLower == nil && row.accuracyUpper == nil)
  }

  @Test func settingsComeInTheirOrder() throws {
    let claims = [try Samples.nonPrivateClaim(), try Samples.claim()]
    let trials = [2, 0, 1, 0, 2, 1].map {
      Samples.trial(setting: $0, sweep: "s\($0)", claim: claims[$0 % 2], accuracy: Double($0))
    }
    let rows = TradeoffRow.summarize(trials)
    #expect(rows.map(\.setting) == [0, 1, 2])
    #expect(rows.map(\.sweep) == ["s0", "s1", "s2"])
    #expect(rows.map(\.accuracyMean) == [0, 1, 2])
    #expect(rows.map(\.claim) == [claims[0], claims[1], claims[0]])
    #expect(rows.allSatisfy { $0.n == 2 })
  }
}
