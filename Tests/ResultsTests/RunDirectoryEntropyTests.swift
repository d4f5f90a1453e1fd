import Accounting
import Foundation
import Testing
import _TestSupport

@testable import Results

@Suite struct RunDirectoryEntropyTests {
  private let folder: TemporaryFolder
  private let path: String
  private let plan = Data("{}\n".utf8)

  init() throws {
    folder = try TemporaryFolder()
    path = folder.at("x")
  }

  private func directory(restart: Bool = false) throws -> RunDirectory {
    try RunDirectory(path, plan: plan, restart: restart)
  }

  private func publish(_ directory: RunDirectory) throws {
    try directory.publish(
      Samples.files(accuracy: 0.5, plan: "{}\n"),
      timings: [TimingRow(trial: "0123456789abcdef", seconds: 1, updates: 2)],
      provenance: Data("{}\n".utf8))
  }

  @Test func itIsTheOwnersAlone() throws {
    let directory = try directory()
    try directory.prepareEntropy(of: [Samples.id])
    #expect(try directory.entropy().count == 32)
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/.partial/entropy")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  /// Two folders have the same with probability 2^-256.
  @Test func everyRunHasItsOwnAndKeepsIt() throws {
    let entropy: [UInt8]
    do {
      let directory = try directory()
      try directory.prepareEntropy(of: [Samples.id])
      entropy = try directory.entropy()
      try directory.prepareEntropy(of: [Samples.id])
      #expect(try directory.entropy() == entropy)
    }
    let again = try directory()
    try again.prepareEntropy(of: [Samples.id])
    #expect(try again.entropy() == entropy)
    let other = try RunDirectory(folder.at("y"), plan: plan, restart: false)
    try other.prepareEntropy(of: [Samples.id])
    #expect(try other.entropy() != entropy)
  }

  @Test func publishingErasesIt() throws {
    let directory = try directory()
    try directory.prepareEntropy(of: [Samples.id])
    try publish(directory)
    #expect(!folder.contents.contains { $0.contains("entropy") })
  }

  @Test func aFinishedPartErasesIt() throws {
    let directory = try directory()
    try directory.prepareEntropy(of: [Samples.id])
    try directory.closeShard([]) {
      Provenance(
        program: "test", commit: nil, command: [], finished: .now, operatingSystem: "",
        processor: "", threads: 1, libraries: [:], dataset: "", randomness: "", files: $0)
    }
    #expect(folder.contents.contains("x/.partial/provenance.json"))
    #expect(!folder.contents.contains { $0.contains("entropy") })
  }

  /// What is erased is overwritten first: whoever holds the file open reads zeros.
  @Test func itIsOverwritten() throws {
    let directory = try directory()
    try directory.prepareEntropy(of: [Samples.id])
    let handle = try #require(FileHandle(forReadingAtPath: "\(path)/.partial/entropy"))
    try publish(directory)
    #expect(try handle.readToEnd() == Data(count: 32))
  }

  @Test func aRestartDrawsAnew() throws {
    let entropy: [UInt8]
    do {
      let directory = try directory()
      try directory.prepareEntropy(of: [Samples.id])
      entropy = try directory.entropy()
    }
    let again = try directory(restart: true)
    try again.prepareEntropy(of: [Samples.id])
    #expect(try again.entropy() != entropy)
  }

  @Test func whatHasBegunWithoutItIsRefused() throws {
    let directory = try directory()
    let ledger = try directory.ledger(of: Samples.id, releases: 3)
    // Nothing was released.
    try directory.prepareEntropy(of: [Samples.id])
    try ledger.record(.gaussian(noiseMultiplier: 1))
    try FileManager.default.removeItem(atPath: "\(path)/.partial/entropy")
    #expect(throws: ResultsError.entropyIsLost(directory: path)) {
      try directory.prepareEntropy(of: [Samples.id])
    }
  }

  @Test func whatIsCutOffIsRefused() throws {
    let directory = try directory()
    try directory.prepareEntropy(of: [Samples.id])
    try folder.write(Data(count: 31), to: "x/.partial/entropy")
    #expect {
      try directory.entropy()
    } throws: { "\($0)".contains("it has 31 bytes, and not 32") }
  }

  /// A run that was killed while it drew leaves a part that is not taken for it.
  @Test func whatWasNotDrawnInFullIsDrawnAgain() throws {
    let directory = try directory()
    try folder.write(Data(count: 5), to: "x/.partial/entropy.new")
    try directory.prepareEntropy(of: [Samples.id])
    #expect(try directory.entropy().contains { $0 != 0 })
    try publish(directory)
    #expect(!folder.contents.contains { $0.contains("entropy") })
  }
}
