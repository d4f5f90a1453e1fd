import Crypto
import Foundation
import LinearAlgebra
import Testing

@testable import Datasets

struct PlayCharactersTests {
  /// Needs the plays, which `make data` fetches. Counts and sums are of Reference/read_characters.py.
  @Test func readsTheCharactersThatPythonReads() throws {
    let dataset = try KnownDataset.shakespeareCharacters.load()
    let known = KnownDataset.shakespeareCharacters
    #expect(dataset.training.exampleCount == known.trainingExampleCount)
    #expect(dataset.test.exampleCount == known.testExampleCount)
    #expect(dataset.fingerprint == known.files.fingerprint)
    for part in [dataset.training, dataset.test] {
      #expect(part.featureCount == known.featureCount && part.classCount == known.classCount)
      #expect(part.ownerCount == 1_426)
    }
    #expect(
      try sums(of: dataset.training) == [
        "326e8943bb21d63fe1837c934bc869fcf4e818fd00d5f463efa00df698de6f76",
        "e40d1deffa389487364dffb1b277bc189bad11656c5eb40ba9056dba7c312909",
        "2302a0262ca54055db18ad82abb0db884796220132b36262dc82a17fed487f3d",
      ])
    #expect(
      try sums(of: dataset.test) == [
        "775b4da464b28dda382912ce4d1e7fde69153d42d5a31a222e428efc21838dcd",
        "fa2f6698c3b78a749a24942e786d872f5b0b9819f04136c9c73673835ce52cc1",
        "5c884fbcf1cb5ee429fba28346b0e0aa3d4dc1846d489e31bec65bf27c7dd341",
      ])
  }

  /// Of features, labels and owners.
  private func sums(of examples: LabeledExamples) throws -> [String] {
    guard case .bytes(let features) = examples.features else { return [] }
    let owners = try #require(examples.owners).withUnsafeBytes { Data($0) }
    return [Data(features), Data(examples.labels), owners]
      .map { SHA256.hash(data: $0).hexadecimal }
  }

  @Test func foldsCaseAndWhatIsNoLetter() {
    let speaker = Speaker(play: "a/b", name: "C", lines: ["Ay, 'tis—", "Z"])
    #expect(
      PlayCharacters.symbols(of: speaker) == [0, 24, 29, 26, 27, 19, 8, 18, 29, 28, 25, 28])
  }

  @Test func keepsTheBeginningOfALongText() {
    let speaker = Speaker(
      play: "a/b", name: "C", lines: [String](repeating: "abcdefg", count: 200))
    let symbols = PlayCharacters.symbols(of: speaker)
    #expect(symbols.count == 1_000)
    #expect(symbols.suffix(8) == [0, 1, 2, 3, 4, 5, 6, 28])
  }
}
