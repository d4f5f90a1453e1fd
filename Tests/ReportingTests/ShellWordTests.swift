import Testing

@testable import Reporting

@Suite struct ShellWordTests {
  @Test(arguments: [
    ("results/a-b_c.yaml", "results/a-b_c.yaml"), ("", "''"), ("a b", "'a b'"),
    ("it's", #"'it'\''s'"#), ("$x;`y`", "'$x;`y`'"), ("ünï", "ünï"),
  ])
  func wordsAreQuotedWhereAShellWouldReadThem(word: String, quoted: String) {
    #expect(ShellWord.quoted(word) == quoted)
  }
}
