import Testing

@testable import Analytics

struct WordListTests {
  private let list = WordList(
    ReleasedHistogram([("the", 9.5), ("and", 12), ("thou", 3), ("king", 3)]))

  @Test func theCommonestComeFirst() {
    #expect(list.words == ["and", "the", "king", "thou"])
  }

  /// Held by 3, 2, 1 and 1 users: the, and, crown, thou.
  @Test func recallComparesTheCommonestWordsOfUsers() {
    let users = ["the and the", "the and crown", "the thou", ""].map { text in
      HeldKeys(text.split(separator: " ").map(String.init))
    }
    #expect(list.recall(at: [1, 2, 3, 4], of: users) == [0, 1, 2.0 / 3, 0.75])
    #expect(WordList(ReleasedHistogram([])).recall(at: [2], of: users) == [0])
    #expect(list.recall(at: [2], of: []) == [0])
  }

  @Test func coverageCountsRunningText() {
    #expect(list.coverage(of: ["the", "king", "the", "crown"]) == 0.75)
    #expect(list.coverage(of: []) == 0)
    #expect(WordList(ReleasedHistogram([])).coverage(of: ["the"]) == 0)
  }
}
