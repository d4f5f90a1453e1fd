import Testing

@testable import Datasets

struct WordsTests {
  @Test(arguments: [
    ("'Tis new-made, o'er th' air", ["tis", "new", "made", "o'er", "th", "air"]),
    ("I AM 2, not 3rd.", ["i", "am", "2", "not", "3rd"]),
    ("a''b '' c'", ["a", "b", "c"]),
    ("love\u{2014}hate caf\u{e9}s", ["love", "hate", "caf", "s"]),
    ("leash'd'st", ["leash'd'st"]),
    (" .,;", []),
    ("", []),
  ])
  func splitsText(text: String, words: [String]) {
    #expect(text.lowercaseWords == words)
  }
}
