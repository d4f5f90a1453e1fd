internal import Foundation

/// A line of a budget file. It holds the checksum of the line before it and its own, so that nothing in a
/// file can be changed, taken out or put elsewhere without a trace, but for lines at its end.
struct BudgetLine: Hashable, Sendable {
  /// From 1.
  let number: Int
  let previous: String
  let time: Date
  let entry: BudgetEntry
  let checksum: String
  /// With its end.
  let bytes: Data

  /// A line to come after another one.
  init(_ entry: BudgetEntry, after last: BudgetLine?, at time: Date) throws(ResultsError) {
    try self.init(
      Body(
        entry: entry, line: (last?.number ?? 0) + 1, previous: last?.checksum ?? "",
        time: Date(timeIntervalSince1970: time.timeIntervalSince1970.rounded())))
  }

  /// Reads a line without its end. Throws ``ResultsError/budget(file:_:)`` where it is not exactly what was
  /// written after `last`.
  init(reading text: Data, after last: BudgetLine?, file: String) throws(ResultsError) {
    let number = (last?.number ?? 0) + 1
    func altered(_ reason: String) -> ResultsError {
      .budget(file: file, .altered(line: number, reason: reason))
    }
    let sealed: Sealed
    do {
      sealed = try CanonicalJSON.decode(Sealed.self, from: text, file: "the line")
    } catch {
      throw altered("\(error)")
    }
    try self.init(
      Body(entry: sealed.entry, line: sealed.line, previous: sealed.previous, time: sealed.time))
    guard checksum == sealed.sha256 else { throw altered("its checksum differs") }
    guard bytes.dropLast().elementsEqual(text) else { throw altered("it is spelled differently") }
    guard self.number == number else { throw altered("it says that it is line \(self.number)") }
    guard previous == last?.checksum ?? "" else {
      throw altered("it was written after another line than the one before it")
    }
  }

  private init(_ body: Body) throws(ResultsError) {
    number = body.line
    previous = body.previous
    time = body.time
    entry = body.entry
    checksum = Results.checksum(try CanonicalJSON.line(body))
    bytes =
      try CanonicalJSON.line(
        Sealed(
          entry: body.entry, line: body.line, previous: body.previous, sha256: checksum,
          time: body.time)) + Data("\n".utf8)
  }

  private struct Body: Codable {
    let entry: BudgetEntry
    let line: Int
    let previous: String
    let time: Date
  }

  private struct Sealed: Codable {
    let entry: BudgetEntry
    let line: Int
    let previous: String
    let sha256: String
    let time: Date
  }
}

/// All lines of a budget file, in order.
struct BudgetChain: Sendable {
  let file: String
  private(set) var lines: [BudgetLine] = []
  /// Of the lines, as they are in the file.
  private(set) var byteCount = 0
  /// Whether the last line is there, but for its end.
  private(set) var lacksEnd = false

  init(file: String) { self.file = file }

  var last: BudgetLine? { lines.last }

  mutating func append(_ line: BudgetLine) {
    lines.append(line)
    byteCount += line.bytes.count
  }

  /// The end of the last line is there now.
  mutating func end() {
    byteCount += 1
    lacksEnd = false
  }

  /// What follows the complete lines.
  enum Tail: Hashable {
    case nothing
    case endMissing
    /// So many bytes of a line that was cut off in writing; nothing that it says was used.
    case cutOff(byteCount: Int)
  }

  /// Takes in what follows the lines that are known. A line is cut off only if what there is of it is the
  /// beginning of one: a whole line with another byte in the place of its end is refused.
  mutating func read(_ data: Data) throws(ResultsError) -> Tail {
    var rest = data[...]
    if lacksEnd, let next = rest.popFirst() {
      guard next == UInt8(ascii: "\n") else {
        throw .budget(
          file: file, .altered(line: lines.count, reason: "another byte stands at its end"))
      }
      end()
    }
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      append(try BudgetLine(reading: Data(rest[..<end]), after: last, file: file))
      rest = rest[rest.index(after: end)...]
    }
    guard !rest.isEmpty else { return lacksEnd ? .endMissing : .nothing }
    if let line = try? BudgetLine(reading: Data(rest), after: last, file: file) {
      append(line)
      byteCount -= 1
      lacksEnd = true
      return .endMissing
    }
    if (try? BudgetLine(reading: Data(rest.dropLast()), after: last, file: file)) != nil {
      throw .budget(
        file: file, .altered(line: lines.count + 1, reason: "another byte stands at its end"))
    }
    return .cutOff(byteCount: rest.count)
  }
}
