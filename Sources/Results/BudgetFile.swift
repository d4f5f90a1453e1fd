internal import Foundation
internal import Synchronization

/// A budget file, for one process among several that read it and append to it.
///
/// A line is appended under the file's lock, after all lines that others have appended in the meantime were
/// read and checked, and is on the device when it counts.
public final class BudgetFile: Sendable {
  public let path: String
  private let descriptor: Int32
  private let state: Mutex<State>

  private struct State {
    var chain: BudgetChain
    var budget: Budget?
    /// Of a line that was cut off in writing.
    var cutOffBytes = 0

    mutating func take(_ data: Data) throws(ResultsError) -> BudgetChain.Tail {
      let known = chain.lines.count
      let tail = try chain.read(data)
      for line in chain.lines[known...] { try apply(line) }
      return tail
    }

    mutating func apply(_ line: BudgetLine) throws(ResultsError) {
      if budget != nil {
        try budget?.apply(line)
      } else if case .header(let header) = line.entry {
        budget = Budget(header, file: chain.file)
      } else {
        throw .unreadable(file: "\(chain.file):1", reason: "it is no header")
      }
    }
  }

  /// Begins a budget. Refuses a file that is there.
  public static func create(
    _ path: String, _ header: BudgetHeader
  ) throws(ResultsError) -> BudgetFile {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw .budget(file: path, .alreadyThere) }
      throw .cannotWrite(path: path, reason: systemErrorReason())
    }
    defer { close(descriptor) }
    do throws(ResultsError) {
      try writeAll(
        try BudgetLine(.header(header), after: nil, at: .now).bytes, to: descriptor, path: path)
      guard fsync(descriptor) == 0 else {
        throw .cannotWrite(path: path, reason: systemErrorReason())
      }
      try flushEntry(of: path)
    } catch {
      unlink(path)
      throw error
    }
    return try BudgetFile(path)
  }

  /// Opens a budget and checks all of it.
  public init(_ path: String) throws(ResultsError) {
    var descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
    // Whoever may not spend may look.
    if descriptor < 0 && (errno == EACCES || errno == EROFS) {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
    }
    guard descriptor >= 0 else { throw .cannotRead(path: path, reason: systemErrorReason()) }
    self.path = path
    self.descriptor = descriptor
    state = Mutex(State(chain: BudgetChain(file: path)))
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .cannotRead(path: path, reason: "it is not a regular file")
    }
    _ = try budget()
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// What the file says now.
  public func budget() throws(ResultsError) -> Budget {
    try locked(LOCK_SH) { state throws(ResultsError) in
      if case .cutOff(let count) = try state.take(try newBytes(state)) { state.cutOffBytes = count }
      return try budget(of: state)
    }
  }

  /// How many complete lines it has.
  public var lineCount: Int { state.withLock { $0.chain.lines.count } }

  /// Whether its last line was cut off in writing. Nothing that such a line says was used, and the next run
  /// removes it.
  public var isCutOff: Bool { state.withLock { $0.cutOffBytes > 0 } }

  /// The checksum of the first line, which no other budget has.
  public var identity: String { state.withLock { $0.chain.lines[0].checksum } }

  /// The checksum of a line, from 1; nil where it has no such line.
  func checksum(ofLine number: Int) -> String? {
    state.withLock { state in
      state.chain.lines.indices.contains(number - 1) ? state.chain.lines[number - 1].checksum : nil
    }
  }

  /// Appends what `entries` makes of the budget, which it may try things out on, durably and while nobody
  /// else can append. An error leaves no part of a line.
  ///
  /// - Returns: the last line.
  @discardableResult
  func append(
    _ entries: (inout Budget) throws(ResultsError) -> [BudgetEntry]
  ) throws(ResultsError) -> BudgetLine {
    try locked(LOCK_EX) { state throws(ResultsError) in
      try refuseReplacement()
      try mend(try state.take(try newBytes(state)), of: &state)
      var budget = try budget(of: state)
      var asked = budget
      let entries = try entries(&asked)
      for entry in entries {
        let line = try BudgetLine(entry, after: state.chain.last, at: .now)
        // What cannot be read back must not be written.
        try budget.apply(line)
        do throws(ResultsError) {
          try writeAll(line.bytes, to: descriptor, path: path)
          guard fsync(descriptor) == 0 else {
            throw .cannotWrite(path: path, reason: systemErrorReason())
          }
        } catch {
          ftruncate(descriptor, off_t(state.chain.byteCount))
          throw error
        }
        state.chain.append(line)
        state.budget = budget
      }
      guard let last = state.chain.last else { preconditionFailure("a budget has a header") }
      return last
    }
  }

  private func budget(of state: State) throws(ResultsError) -> Budget {
    guard let budget = state.budget else {
      throw .unreadable(file: path, reason: "it is empty, and no budget")
    }
    return budget
  }

  private func newBytes(_ state: State) throws(ResultsError) -> Data {
    let data = try contents(of: descriptor, path: path)
    guard data.count >= state.chain.byteCount else {
      throw .budget(
        file: path,
        .altered(line: state.chain.lines.count, reason: "it was there a moment ago"))
    }
    return Data(data.dropFirst(state.chain.byteCount))
  }

  private func mend(_ tail: BudgetChain.Tail, of state: inout State) throws(ResultsError) {
    state.cutOffBytes = 0
    switch tail {
    case .nothing: return
    case .endMissing:
      try writeAll(Data("\n".utf8), to: descriptor, path: path)
      state.chain.end()
    case .cutOff:
      guard ftruncate(descriptor, off_t(state.chain.byteCount)) == 0 else {
        throw .cannotWrite(path: path, reason: systemErrorReason())
      }
    }
  }

  /// What is charged to a file that its name does not lead to any more is lost.
  private func refuseReplacement() throws(ResultsError) {
    var (named, held) = (stat(), stat())
    guard stat(path, &named) == 0, fstat(descriptor, &held) == 0, named.st_ino == held.st_ino,
      named.st_dev == held.st_dev
    else { throw .budget(file: path, .replaced) }
  }

  private func locked<Answer>(
    _ kind: Int32, _ body: (inout State) throws(ResultsError) -> Answer
  ) throws(ResultsError) -> Answer {
    let result: Result<Answer, ResultsError> = state.withLock { state in
      while flock(descriptor, kind) != 0 {
        if errno != EINTR {
          return .failure(.cannotWrite(path: path, reason: systemErrorReason()))
        }
      }
      defer { flock(descriptor, LOCK_UN) }
      do throws(ResultsError) {
        return .success(try body(&state))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
