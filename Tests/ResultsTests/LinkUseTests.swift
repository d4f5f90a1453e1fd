import Foundation
import Testing

@testable import Results

@Suite struct LinkUseTests {
  static let use = LinkUse(
    bytesUp: 8_642_400, bytesDown: 9_007_199_254_740_991, participation: 0.62, skippedRounds: 3)

  /// Bytes are whole numbers, also those that a Float could not hold.
  @Test func everyNumberHasAColumn() throws {
    let data = CSV.encode([Samples.trial(claim: try Samples.claim(), links: Self.use)])
    let line = String(decoding: data, as: UTF8.self).split(separator: "\n")[1]
    #expect(line.hasSuffix(",8642400,9007199254740991,0.62,3"))
    let rows = try CSV.decode(TrialRow.self, from: data, file: "trials.csv")
    #expect(rows[0].links == Self.use)
  }

  @Test func whatWasNotMeasuredIsEmpty() throws {
    let trial = Samples.trial(claim: try Samples.claim())
    for data in [CSV.encode([trial]), CSV.encode(TradeoffRow.summarize([trial]))] {
      #expect(String(decoding: data, as: UTF8.self).hasSuffix(",,,,\n"))
    }
    let data = CSV.encode(TradeoffRow.summarize([trial]))
    #expect(
      try CSV.decode(TradeoffRow.self, from: data, file: "tradeoff.csv")[0].links == LinkUse.none)
  }

  @Test func aSettingHasTheMeansOfItsReplicates() throws {
    let other = LinkUse(
      bytesUp: 8_642_401, bytesDown: 1, participation: 0.64, skippedRounds: nil)
    let claim = try Samples.claim()
    let rows = TradeoffRow.summarize(
      [Self.use, other].enumerated().map { Samples.trial(replicate: $0, claim: claim, links: $1) })
    #expect(rows[0].links.bytesUp == 8_642_400.5)
    #expect(rows[0].links.bytesDown == 4_503_599_627_370_496)
    #expect(abs(try #require(rows[0].links.participation) - 0.63) < 1e-15)
    #expect(rows[0].links.skippedRounds == nil)
  }
}
