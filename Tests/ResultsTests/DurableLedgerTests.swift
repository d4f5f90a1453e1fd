import Accounting
import Foundation
import Testing
import _TestSupport

@testable import Results

@Suite struct DurableLedgerTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.at("ledger.jsonl")
  }

  private func event(_ noiseMultiplier: Double) -> PrivacyEvent {
    .poissonSampled(.gaussian(noiseMultiplier: noiseMultiplier), samplingRate: 0.1)
  }

  private func line(_ noiseMultiplier: Double) -> String {
    "{\"event\":{\"kind\":\"gaussian\",\"noise_multiplier\":\(noiseMultiplier)},"
      + "\"kind\":\"poisson_sampled\",\"sampling_rate\":0.1}\n"
  }

  @Test func anEntryIsOnDiskWhenRecordReturns() throws {
    var ledger = try DurableLedger(path: path)
    for count in 1...3 {
      try ledger.record(event(0.5))
      #expect(try folder.text("ledger.jsonl") == String(repeating: line(0.5), count: count))
    }
    try ledger.record(event(2.5))
    #expect(try folder.text("ledger.jsonl").hasSuffix(line(0.5) + line(2.5)))
    #expect(ledger.ledger.runs.map(\.count) == [3, 1])
    #expect(ledger.ledger.runs.map(\.event) == [event(0.5), event(2.5)])
  }

  @Test func repeatedEventsAppendNothing() throws {
    do {
      var ledger = try DurableLedger(path: path)
      for multiplier in [0.5, 1.5, 2.5] { try ledger.record(event(multiplier)) }
    }
    let before = try folder.text("ledger.jsonl")
    var again = try DurableLedger(path: path)
    #expect(again.ledger.runs.isEmpty)
    for multiplier in [0.5, 1.5, 2.5] { try again.record(event(multiplier)) }
    #expect(try folder.text("ledger.jsonl") == before)
    try again.record(event(3.5))
    #expect(try folder.text("ledger.jsonl") == before + line(3.5))
    #expect(again.ledger.runs.count == 4)
  }

  @Test func anotherEventIsRefused() throws {
    try folder.write(line(0.5) + line(1.5), to: "ledger.jsonl")
    var ledger = try DurableLedger(path: path)
    try ledger.record(event(0.5))
    do {
      try ledger.record(event(9.5))
      Issue.record("an event that differs was taken")
    } catch {
      #expect(error == .ledgerMismatch(file: path, line: 2))
    }
    #expect(try folder.text("ledger.jsonl") == line(0.5) + line(1.5))
    #expect(ledger.ledger.runs.map(\.event) == [event(0.5)])
  }

  @Test func everyTornLastLineIsDropped() throws {
    let whole = line(0.5)
    for cut in 1..<whole.count {
      try folder.write(whole + whole.prefix(cut), to: "ledger.jsonl")
      var ledger = try DurableLedger(path: path)
      #expect(try folder.text("ledger.jsonl") == (cut == whole.count ? whole + whole : whole))
      try ledger.record(event(0.5))
      try ledger.record(event(1.5))
      #expect(try folder.text("ledger.jsonl") == whole + line(1.5))
    }
  }

  @Test(arguments: ["nonsense\n", "\n", "{\"kind\":\"gaussian\",\"noise_multiplier\":-1}\n"])
  func aWholeLineThatIsNoEventIsKeptAndReported(bad: String) throws {
    let text = line(0.5) + bad + line(0.5)
    try folder.write(text, to: "ledger.jsonl")
    do {
      _ = try DurableLedger(path: path)
      Issue.record("a damaged ledger was opened")
    } catch {
      guard case .unreadable(let file, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(file == "\(path):2")
    }
    #expect(try folder.text("ledger.jsonl") == text)
  }

  @Test func aFolderThatIsNotThereIsAnError() {
    let path = folder.at("missing/ledger.jsonl")
    expectFailure(
      of: path, .cannotWrite(path: path, reason: "No such file or directory"))
  }

  @Test func aFolderBelowAFileIsAnError() throws {
    try folder.write("", to: "file")
    let path = folder.at("file/ledger.jsonl")
    expectFailure(of: path, .cannotWrite(path: path, reason: "Not a directory"))
  }

  @Test(arguments: ["/dev/full", "/dev/null"])
  func aDeviceIsNoLedger(device: String) {
    expectFailure(
      of: device, .cannotWrite(path: device, reason: "it is not a regular file"))
  }

  private func expectFailure(of path: String, _ expected: ResultsError) {
    do {
      _ = try DurableLedger(path: path)
      Issue.record("\(path) was opened")
    } catch {
      #expect(error == expected)
    }
  }
}
