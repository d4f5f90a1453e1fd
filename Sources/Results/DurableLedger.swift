public import Accounting
internal import Foundation

/// A trial's privacy events on disk, one JSON object a line, each flushed to the device before
/// ``record(_:)`` returns. A process killed at any point leaves a file that says at least what was
/// spent.
///
/// Opened again after an interruption, it expects the same events from the start: a trial that
/// starts over repeats its releases with the same noise, which costs nothing more, and an event that
/// differs is refused.
public struct DurableLedger: ~Copyable, EventRecorder {
  private let path: String
  private let file: LedgerFile
  private let earlier: [PrivacyEvent]
  private var recordedCount = 0
  public private(set) var ledger = Ledger()

  public init(path: String) throws(ResultsError) {
    let file = try LedgerFile(path: path)
    earlier = try Self.completeEvents(of: file)
    self.path = path
    self.file = file
  }

  public mutating func record(_ event: PrivacyEvent) throws(ResultsError) {
    if recordedCount < earlier.count {
      guard earlier[recordedCount] == event else {
        throw .ledgerMismatch(file: path, line: recordedCount + 1)
      }
    } else {
      var line = try CanonicalJSON.line(event)
      line.append(UInt8(ascii: "\n"))
      try file.append(line)
    }
    recordedCount += 1
    do {
      try ledger.record(event)
    } catch {
      throw .unencodable(reason: error.description)
    }
  }

  /// The complete lines of an earlier run. A last line without its end was cut off in writing: its
  /// release was never used, and the line goes.
  private static func completeEvents(
    of file: borrowing LedgerFile
  ) throws(ResultsError) -> [PrivacyEvent] {
    let data = try file.contents()
    let complete = data.prefix((data.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)
    var events: [PrivacyEvent] = []
    for line in complete.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .dropLast()
    {
      events.append(
        try CanonicalJSON.decode(
          PrivacyEvent.self, from: Data(line), file: "\(file.path):\(events.count + 1)"))
    }
    try file.truncate(to: complete.count)
    return events
  }
}

/// A regular file that grows at its end.
private struct LedgerFile: ~Copyable {
  let path: String
  private let descriptor: Int32

  /// Opens the file, or makes it where there is none.
  init(path: String) throws(ResultsError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    self.path = path
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemErrorReason()) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .cannotWrite(path: path, reason: "it is not a regular file")
    }
    try flushEntry(of: path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func contents() throws(ResultsError) -> Data {
    try Results.contents(of: descriptor, path: path)
  }

  func truncate(to byteCount: Int) throws(ResultsError) {
    guard ftruncate(descriptor, off_t(byteCount)) == 0 else {
      throw .cannotWrite(path: path, reason: systemErrorReason())
    }
  }

  /// Returns when the bytes are on the device.
  func append(_ data: Data) throws(ResultsError) {
    try writeAll(data, to: descriptor, path: path)
    guard fsync(descriptor) == 0 else {
      throw .cannotWrite(path: path, reason: systemErrorReason())
    }
  }
}
