public import Accounting
internal import Foundation

/// A trial's privacy events on disk. A process killed at any point leaves a file that says at least
/// what was spent.
///
/// A line is one JSON event, or one with a count: so many releases of it are charged before the first
/// of them is used. Each line is flushed to the device before ``record(_:)`` returns, and charges as
/// many releases as all lines before it, up to ``longestReservation``: a step that takes less time
/// than the device does not wait for it every time. No more is charged than the trial makes releases, so
/// the file of a finished trial says exactly what was spent.
///
/// Opened again after an interruption, it expects the same events from the start: a trial that
/// starts over repeats its releases with the same noise, which costs nothing more, and an event that
/// differs is refused.
public final class DurableLedger: EventRecorder {
  private let path: String
  private let file: LedgerFile
  private let releases: Int
  private let pay: (Int) throws(ResultsError) -> Void
  /// What each line charges.
  private var reservations: [Reservation]
  /// The line that the next release is paid from, and how many it has paid for.
  private var place = (line: 0, used: 0)
  /// What was released since the ledger was opened.
  public private(set) var ledger = Ledger()

  /// Releases in a line at most.
  public static let longestReservation = 256

  /// - Parameters:
  ///   - releases: how many the trial makes in all.
  ///   - pay: told of how many releases a line makes in all before it is written; an error leaves it
  ///     unwritten.
  public init(
    path: String, releases: Int, pay: @escaping (Int) throws(ResultsError) -> Void = { _ in }
  ) throws(ResultsError) {
    precondition(releases > 0, "a trial makes at least one release")
    let file = try LedgerFile(path: path)
    reservations = try Self.completeLines(of: file, releases: releases)
    self.path = path
    self.file = file
    self.releases = releases
    self.pay = pay
  }

  /// How many releases the file says were charged.
  public var reservedCount: Int { reservations.reduce(0) { $0 + $1.count } }

  public func record(_ event: PrivacyEvent) throws(ResultsError) {
    if place.line == reservations.count { try reserve(event) }
    guard reservations[place.line].event == event else {
      throw .ledgerMismatch(file: path, line: place.line + 1)
    }
    place.used += 1
    if place.used == reservations[place.line].count { place = (place.line + 1, 0) }
    do {
      try ledger.record(event)
    } catch {
      throw .unencodable(reason: error.description)
    }
  }

  /// Appends a line, durably.
  private func reserve(_ event: PrivacyEvent) throws(ResultsError) {
    let reserved = reservedCount
    precondition(reserved < releases, "a trial makes no more releases than it said")
    let reservation = Reservation(
      event: event, count: min(max(1, reserved), Self.longestReservation, releases - reserved))
    try pay(reserved + reservation.count)
    var line = try CanonicalJSON.line(reservation.line)
    line.append(UInt8(ascii: "\n"))
    try file.append(line)
    reservations.append(reservation)
  }

  /// How many releases a file that nobody writes says were charged.
  static func reservedCount(path: String, releases: Int) throws(ResultsError) -> Int {
    try completeLines(in: try read(path), path: path, releases: releases).reservations
      .reduce(0) { $0 + $1.count }
  }

  /// The complete lines of an earlier run. A last line without its end was cut off in writing, and in one
  /// with a zero byte the device lacks what the file system says is there: none of its releases was used,
  /// and the line goes.
  private static func completeLines(
    of file: borrowing LedgerFile, releases: Int
  ) throws(ResultsError) -> [Reservation] {
    let data = try file.contents()
    let (reservations, byteCount) = try completeLines(
      in: data, path: file.path, releases: releases)
    // Whoever wrote the lines may have been killed before they were on the device.
    if !data.isEmpty { try file.settle(at: byteCount) }
    return reservations
  }

  private static func completeLines(
    in data: Data, path: String, releases: Int
  ) throws(ResultsError) -> (reservations: [Reservation], byteCount: Int) {
    let newline = UInt8(ascii: "\n")
    var complete = data.prefix((data.lastIndex(of: newline) ?? -1) + 1)
    let start = (complete.dropLast().lastIndex(of: newline) ?? -1) + 1
    if complete[start...].contains(0) { complete = complete[..<start] }
    var reservations: [Reservation] = []
    var reserved = 0
    for line in complete.split(separator: newline, omittingEmptySubsequences: false).dropLast() {
      let place = "\(path):\(reservations.count + 1)"
      let event = try CanonicalJSON.decode(PrivacyEvent.self, from: Data(line), file: place)
      if case .repeated(_, count: 0) = event {
        throw .unreadable(file: place, reason: "it charges no release")
      }
      let reservation = Reservation(line: event)
      let charged = UInt(reserved) + UInt(reservation.count)
      guard charged <= releases else {
        throw .unreadable(
          file: path, reason: "it charges \(charged) releases of a trial of \(releases)")
      }
      reserved += reservation.count
      reservations.append(reservation)
    }
    return (reservations, complete.count)
  }
}

/// What one line charges: an event, so many times.
private struct Reservation {
  let event: PrivacyEvent
  let count: Int

  init(event: PrivacyEvent, count: Int) {
    self.event = event
    self.count = count
  }

  init(line: PrivacyEvent) {
    if case .repeated(let event, let count) = line {
      self.init(event: event, count: count)
    } else {
      self.init(event: line, count: 1)
    }
  }

  var line: PrivacyEvent {
    if count == 1, case .repeated = event { return .repeated(event, count: 1) }
    return count == 1 ? event : .repeated(event, count: count)
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

  /// Cuts the file off there, and returns when what is left is on the device.
  func settle(at byteCount: Int) throws(ResultsError) {
    guard ftruncate(descriptor, off_t(byteCount)) == 0, fsync(descriptor) == 0 else {
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
