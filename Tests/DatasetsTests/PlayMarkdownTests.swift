import Testing

@testable import Datasets

struct PlayMarkdownTests {
  private func spoken(_ markdown: String) throws -> [String] {
    try speakers(ofPlay: "p", markdown: Array(markdown.utf8), file: "p.md")
      .map { "\($0.name): \($0.lines.joined(separator: " / "))" }
  }

  @Test func givesEachNameItsLinesInOrder() throws {
    let play = """
      # Hamlet

      ### SCENE I. A platform.

      _FRANCISCO at his post_

      **BERNARDO**\u{20}\u{20}
      Who's there?

      **FRANCISCO**\u{20}\u{20}
      Nay, answer  me:\u{20}\u{20}
      stand.

      **BERNARDO**\u{20}\u{20}
      Long live the king!

      """
    #expect(
      try spoken(play) == [
        "BERNARDO: Who's there? / Long live the king!", "FRANCISCO: Nay, answer me: / stand.",
      ])
  }

  /// As they stand in the files, with markers that are missing or too many.
  @Test(arguments: [
    ("_Exit_\nAnd so.", "And so."),
    ("_\\[Aside]_\nAnd so.", "And so."),
    ("__\\[Reads]_\nAnd so.", "And so."),
    ("[Within]_\nAnd so.", "And so."),
    ("*[Drawing his.]*\nAnd so.", "And so."),
    ("And _\\[ ]_ so.", "And so."),
    ("_Enter two, with\nothers_\nAnd so.", "And so."),
    ("And so.\n_Burthen _\\[dispersedly, within_\nnot spoken\n\nAgain.", "And so. / Again."),
    ("And so.\n\n_Exit\n\nAgain.", "And so. / Again."),
    ("And so,'\\--Again.", "And so,'--Again."),
    ("And so.\n\n_Exit PHILO_\n\nAgain.", "And so. / Again."),
  ])
  func leavesStageDirectionsOut(speech: String, lines: String) throws {
    #expect(try spoken("**A**\n\(speech)\n") == ["A: \(lines)"])
  }

  @Test func givesNobodyWhatFollowsAHeading() throws {
    #expect(
      try spoken("Unnamed.\n\n**A**\nMine.\n\n## ACT II\n\nNobody's.\n\n**A**\nMine.")
        == ["A: Mine. / Mine."])
    #expect(try spoken("**A**\n_Exit_\n\n**B**\n\n") == [])
  }

  @Test(arguments: [
    ("**A**\nMine.\n\n**B\nHis.", 4, "expected a name such as **HAMLET**, found **B"),
    ("**A**\n\n****", 3, "expected a name such as **HAMLET**, found ****"),
  ])
  func namesTheLineOfABrokenName(markdown: String, line: Int, reason: String) {
    #expect(throws: DatasetError.malformedPlay(path: "p.md", line: line, reason: reason)) {
      try spoken(markdown)
    }
  }

  @Test func namesTheLineThatIsNotText() {
    #expect(
      throws: DatasetError.malformedPlay(path: "p.md", line: 2, reason: "it is not UTF-8 text")
    ) {
      try speakers(ofPlay: "p", markdown: Array("**A**\n".utf8) + [0xff, 0x0a], file: "p.md")
    }
  }
}
