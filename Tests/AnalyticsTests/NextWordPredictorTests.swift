import Testing

@testable import Analytics

struct NextWordPredictorTests {
  private let released = ReleasedHistogram<NextWordKey>([
    (.pair(WordPair("my", "lord")), 9), (.pair(WordPair("my", "love")), 4),
    (.pair(WordPair("good", "my")), 6), (.pair(WordPair("the", "king")), 7),
    (.pair(WordPair("the", "love")), 4.5), (.pair(WordPair("my", "king")), 4), (.word("king"), 11),
    (.word("lord"), 9.5), (.word("my"), 2), (.word("love"), 9),
  ])
  private let nothing = ReleasedHistogram<NextWordKey>([])

  @Test func suggestsWhatFollowsAndThenWhatIsCommon() {
    let predictor = NextWordPredictor(released, suggestionCount: 4)
    #expect(predictor.suggestions(after: "my") == ["lord", "king", "love", "my"])
    #expect(predictor.suggestions(after: "the") == ["king", "love", "lord", "my"])
    #expect(predictor.suggestions(after: "unheard") == ["king", "lord", "love", "my"])
  }

  @Test func suggestsNoMoreThanItShould() {
    let predictor = NextWordPredictor(released, suggestionCount: 1)
    #expect(predictor.suggestions(after: "my") == ["lord"])
    #expect(predictor.suggestions(after: "unheard") == ["king"])
    #expect(NextWordPredictor(nothing, suggestionCount: 3).suggestions(after: "my") == [])
  }

  @Test func recallIsTheShareOfNextWordsAmongTheSuggestions() {
    let text = WordPair.all(in: [
      ["my", "love", "my", "king"], ["my"], [], ["sweet", "love", "the"],
    ])
    #expect(
      text == [
        WordPair("my", "love"), WordPair("love", "my"), WordPair("my", "king"),
        WordPair("sweet", "love"), WordPair("love", "the"),
      ])
    let predictor = NextWordPredictor(released, suggestionCount: 4)
    // Ranks: my-love 3, love-my 4, my-king 2, sweet-love 3, love-the never.
    #expect(predictor.recall(at: [1, 2, 3, 4], on: text) == [0, 0.2, 0.6, 0.8])
    #expect(predictor.recall(at: [4], on: []) == [0])
    #expect(NextWordPredictor(nothing, suggestionCount: 3).recall(at: [3], on: text) == [0])
  }
}
