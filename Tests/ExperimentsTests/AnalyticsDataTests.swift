import Analytics
import Randomness
import Testing

@testable import Datasets
@testable import Experiments

@Suite struct AnalyticsDataTests {
  private func data(_ kind: QuerySettings.Kind, seed: UInt64 = 7) throws -> AnalyticsData {
    try AnalyticsData(
      TinyAnalytics.plays,
      source: AnalyticsSource(
        corpus: CorpusSettings(name: .shakespeareWords, heldOut: 0.2), kind: kind), seed: seed)
  }

  private func names(_ data: AnalyticsData) -> (heldOut: [String], contributors: [String]) {
    guard case .words(let users) = data.contributors else { return ([], []) }
    var stream = RandomStream(StreamKey(seed: 1))
    var all: [String] = []
    for user in users {
      all += user.contributed(atMost: 100, choosing: .atRandom, from: &stream)
    }
    return (
      data.heldOut.flatMap { $0.joined().filter { $0.hasPrefix("name") } },
      all.filter { $0.hasPrefix("name") }
    )
  }

  @Test func everyUserEitherContributesOrIsHeldOut() throws {
    let (heldOut, contributors) = names(try data(.wordList))
    #expect(heldOut.count == 285 && contributors.count == 1141)
    #expect(Set(heldOut + contributors).count == 1426)
    #expect(names(try data(.wordList)).heldOut == heldOut)
    #expect(names(try data(.wordList, seed: 8)).heldOut != heldOut)
  }

  @Test func pairsStayWithinLines() throws {
    guard case .nextWords(let users) = try data(.nextWords).contributors else {
      Issue.record("next words come in pairs")
      return
    }
    var stream = RandomStream(StreamKey(seed: 1))
    let pairs = users[0].contributed(
      pairs: 100, words: 0, choosing: .atRandom, from: &stream)
    // 5, 3 and 5 neighbors in three lines; my-good, good-lord and i-am stand twice.
    #expect(pairs.count == 10)
    #expect(pairs.contains(.pair(WordPair("my", "good"))))
    #expect(pairs.contains(.pair(WordPair("the", "king"))))
    #expect(!pairs.contains { if case .pair(let pair) = $0 { pair.second == "the" } else { true } })
  }
}
