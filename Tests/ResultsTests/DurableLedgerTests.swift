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

  /// A line of the file.
  private func line(_ noiseMultiplier: Double, count: Int = 1) -> String {
    let event =
      "{\"event\":{\"kind\":\"gaussian\",\"noise_multiplier\":\(noiseMultiplier)},"
      + "\"kind\":\"poisson_sampled\",\"sampling_rate\":0.1}"
    return count == 1
      ? event + "\n" : "{\"count\":\(count),\"event\":\(event),\"kind\":\"repeated\"}\n"
  }

  private func lines(_ counts: Int...) -> String {
    counts.map { line(0.5, count: $0) }.joined()
  }

  @Test func aReleaseIsChargedOnDiskWhenRecordReturns() throws {
    let ledger = try DurableLedger(path: path, releases: 600)
    for released in 1...600 {
      try ledger.record(event(0.5))
      let charged = try PrivacyEventLines(folder.text("ledger.jsonl"))
      #expect(charged.total >= released)
      #expect(charged.total < 2 * released && charged.total < released + 256)
      #expect(charged.total == ledger.reservedCount)
      #expect(ledger.ledger.runs.map(\.count) == [released])
      #expect(ledger.ledger.runs.map(\.event) == [event(0.5)])
    }
    #expect(try folder.text("ledger.jsonl") == lines(1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 88))
  }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 9, 511, 512, 513, 1000])
  func aFinishedTrialChargesExactlyItsRounds(rounds: Int) throws {
    let ledger = try DurableLedger(path: path, releases: rounds)
    for _ in 0..<rounds { try ledger.record(event(0.5)) }
    #expect(try PrivacyEventLines(folder.text("ledger.jsonl")).total == rounds)
  }

  @Test func repeatedEventsAppendNothing() throws {
    do {
      let ledger = try DurableLedger(path: path, releases: 9)
      for _ in 0..<5 { try ledger.record(event(0.5)) }
    }
    let before = lines(1, 1, 2, 4)
    #expect(try folder.text("ledger.jsonl") == before)
    let again = try DurableLedger(path: path, releases: 9)
    #expect(again.ledger.runs.isEmpty && again.reservedCount == 8)
    for released in 1...8 {
      try again.record(event(0.5))
      #expect(try folder.text("ledger.jsonl") == before)
      #expect(again.ledger.runs.map(\.count) == [released])
    }
    try again.record(event(0.5))
    #expect(try folder.text("ledger.jsonl") == before + line(0.5))
    #expect(again.ledger.runs.map(\.count) == [9])
  }

  /// However often a trial starts over, its file ends the same.
  @Test func interruptionsChangeNoLine() throws {
    for released in [1, 2, 3, 7, 8, 20, 21, 40] {
      let ledger = try DurableLedger(path: path, releases: 40)
      for _ in 0..<released { try ledger.record(event(0.5)) }
    }
    #expect(try folder.text("ledger.jsonl") == lines(1, 1, 2, 4, 8, 16, 8))
  }

  @Test func anotherEventIsRefused() throws {
    try folder.write(line(0.5) + line(1.5), to: "ledger.jsonl")
    let ledger = try DurableLedger(path: path, releases: 5)
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

  /// What is charged in advance is charged for one event.
  @Test func anotherEventThanWasChargedInAdvanceIsRefused() throws {
    let ledger = try DurableLedger(path: path, releases: 5)
    for _ in 0..<3 { try ledger.record(event(0.5)) }
    do {
      try ledger.record(event(9.5))
      Issue.record("an event that differs was taken")
    } catch {
      #expect(error == .ledgerMismatch(file: path, line: 3))
    }
    #expect(try folder.text("ledger.jsonl") == lines(1, 1, 2))
  }

  @Test func aFileThatChargesMoreThanTheTrialSpendsIsRefused() throws {
    try folder.write(lines(1, 1, 2), to: "ledger.jsonl")
    expectFailure(
      of: path, rounds: 3,
      .unreadable(file: path, reason: "it charges 4 releases of a trial of 3"))
  }

  /// Their sum does not fit into an integer.
  @Test func lineAfterLineOfTheLargestCountIsRefused() throws {
    let most = 1 << 53
    try folder.write(
      String(repeating: line(0.5, count: most), count: Int.max / most + 2), to: "ledger.jsonl")
    expectFailure(
      of: path, rounds: .max,
      .unreadable(
        file: path,
        reason: "it charges 9223372036854775808 releases of a trial of 9223372036854775807"))
  }

  @Test func everyTornLastLineIsDropped() throws {
    let whole = lines(1, 1)
    let torn = line(0.5, count: 2)
    for cut in 1..<torn.count {
      try folder.write(whole + torn.prefix(cut), to: "ledger.jsonl")
      let ledger = try DurableLedger(path: path, releases: 4)
      #expect(try folder.text("ledger.jsonl") == whole)
      for _ in 0..<3 { try ledger.record(event(0.5)) }
      #expect(try folder.text("ledger.jsonl") == whole + torn)
    }
  }

  /// After a power cut a file may have its length and not its bytes.
  @Test func aLastLineWithoutItsBytesIsDropped() throws {
    let whole = lines(1, 1)
    let last = line(0.5, count: 2)
    for lost in 1..<last.count {
      let zeros = String(repeating: "\0", count: lost)
      let ends = [zeros + String(last.dropFirst(lost)), String(last.dropLast(lost + 1)) + zeros]
      for text in [ends[0], ends[1] + "\n"] {
        try folder.write(whole + text, to: "ledger.jsonl")
        #expect(try DurableLedger(path: path, releases: 4).reservedCount == 2)
        #expect(try folder.text("ledger.jsonl") == whole)
      }
    }
  }

  @Test(arguments: [
    "nonsense\n", "\n", "{\"kind\":\"gaussian\",\"noise_multiplier\":-1}\n",
    "{\"count\":0,\"event\":{\"kind\":\"non_private\"},\"kind\":\"repeated\"}\n",
  ])
  func aWholeLineThatIsNoEventIsKeptAndReported(bad: String) throws {
    let text = line(0.5) + bad + line(0.5)
    try folder.write(text, to: "ledger.jsonl")
    do {
      _ = try DurableLedger(path: path, releases: 9)
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

  private func expectFailure(of path: String, rounds: Int = 1, _ expected: ResultsError) {
    do {
      _ = try DurableLedger(path: path, releases: rounds)
      Issue.record("\(path) was opened")
    } catch {
      #expect(error == expected)
    }
  }
}

/// How many releases the lines of a ledger charge.
private struct PrivacyEventLines {
  let total: Int

  init(_ text: String) throws {
    total = try text.split(separator: "\n").reduce(0) { total, line in
      let event = try JSONDecoder().decode(PrivacyEvent.self, from: Data(line.utf8))
      if case .repeated(_, let count) = event { return total + count }
      return total + 1
    }
  }
}
