import Crypto
import Foundation
import Testing

@testable import Datasets

struct PlaysTests {
  /// Needs the plays, which `make data` fetches. Counts and sums of Reference/count_plays.py, which takes
  /// the plays apart by other means.
  @Test func readsThePublishedPlays() throws {
    let plays = try Plays.load()
    let lines = plays.speakers.flatMap(\.lines)
    #expect(plays.fingerprint == Plays.publishedFingerprint)
    #expect(plays.speakers.count == Plays.publishedSpeakerCount)
    #expect(Set(plays.speakers.map(\.play)).count == 38)
    #expect(lines.count == 110_293)
    let records = plays.speakers.map { speaker in
      speaker.lines.map { "\(speaker.play)\t\(speaker.name)\t\($0)\n" }.joined()
    }
    #expect(
      sha256(records.joined()) == "66722ace0efbbc5ed75136f1f0e8a1dda558d96973d58542cce4cae68e522db4"
    )

    let words = lines.map(\.lowercaseWords)
    #expect(words.reduce(0) { $0 + $1.count } == 835_240)
    #expect(
      sha256(words.map { $0.joined(separator: " ") + "\n" }.joined())
        == "6f5f72e8232e3d2f2113e6fc76dc4174d17fba3ee0bfffd718264e4bf6e23b69")
  }

  @Test func saysWhereItLooked() {
    #expect(throws: DatasetError.playsNotInstalled(searched: ["/no/such/folder/plays"])) {
      try Plays.load(folder: "/no/such/folder")
    }
  }

  @Test func refusesOtherPlays() throws {
    let folder = try TemporaryFolder()
    for (genre, play, text) in [("b", "z", "**A**\nOne.\n"), ("b", "y", "**B**\nTwo.\n")] {
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/plays/\(genre)", withIntermediateDirectories: true)
      try folder.write(Array(text.utf8), as: "plays/\(genre)/\(play).md")
    }
    try folder.write(Array("not a play".utf8), as: "plays/README.md")
    #expect(
      throws: DatasetError.otherPlays(
        folder: "\(folder.path)/plays", playCount: 2, expected: Plays.publishedFingerprint,
        found: sha256("**B**\nTwo.\n**A**\nOne.\n"))
    ) {
      try Plays.load(folder: folder.path)
    }
  }

  @Test func namesTheFileAndLineOfAMistake() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/plays/a", withIntermediateDirectories: true)
    let file = try folder.write(Array("# T\n\n**A\n".utf8), as: "plays/a/b.md")
    #expect {
      try Plays.load(folder: folder.path)
    } throws: {
      "\($0)".hasPrefix("\(file):3: expected a name")
    }
  }
}

private func sha256(_ text: String) -> String {
  SHA256.hash(data: Data(text.utf8)).hexadecimal
}
