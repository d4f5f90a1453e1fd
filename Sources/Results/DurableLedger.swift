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
  private let descriptor: Int32
  private let earlier: [PrivacyEvent]
  private var recordedCount = 0
  public private(set) var ledger = Ledger()

  public init(path: String) throws(ResultsError) {
    let (earlier, keptBytes) = try Self.read(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemErrorReason()) }
    guard ftruncate(descriptor, off_t(keptBytes)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      let reason = systemErrorReason()
      close(descriptor)
      throw .cannotWrite(path: path, reason: reason)
    }
    self.path = path
    self.descriptor = descriptor
    self.earlier = earlier
  }

  deinit { close(descriptor) }

  public mutating func record(_ event: PrivacyEvent) throws(ResultsError) {
    if recordedCount < earlier.count {
      guard earlier[recordedCount] == event else {
        throw .ledgerMismatch(file: path, line: recordedCount + 1)
      }
    } else {
      var line = try CanonicalJSON.line(event)
      line.append(UInt8(ascii: "\n"))
      try writeAll(line, to: descriptor, path: path)
      guard fsync(descriptor) == 0 else {
        throw .cannotWrite(path: path, reason: systemErrorReason())
      }
    }
    recordedCount += 1
    do {
      try ledger.record(event)
    } catch {
      throw .unencodable(reason: error.description)
    }
  }

  /// The complete lines of an earlier run. A last line without its end was cut off in writing: its
  /// release was never used.
  private static func read(
    _ path: String
  ) throws(ResultsError) -> (events: [PrivacyEvent], byteCount: Int) {
    guard let data = FileManager.default.contents(atPath: path) else { return ([], 0) }
    let complete = data.prefix((data.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)
    var events: [PrivacyEvent] = []
    for line in complete.split(separator: UInt8(ascii: "\n")) {
      events.append(
        try CanonicalJSON.decode(
          PrivacyEvent.self, from: Data(line), file: "\(path):\(events.count + 1)"))
    }
    return (events, complete.count)
  }
}
