internal import Synchronization

/// Threads that share pieces of work. How many there are can change no result.
///
/// A step of training ends in some 100 microseconds, and waking a sleeping thread may take as long. So
/// between two pieces of work the threads spin for a while before they sleep.
public final class Workers: Sendable {
  /// The calling thread counts as one.
  public let count: Int
  private let team: Team?

  /// The calling thread alone.
  public static let one = Workers(count: 1)

  public init(count: Int) {
    precondition(count > 0, "at least one thread")
    self.count = count
    team = count > 1 ? Team(helpers: count - 1) : nil
  }

  deinit { team?.end() }

  /// Runs `body` once for each part of `0..<parts`, whichever worker is free taking the next, and
  /// returns when all are done. One thread at a time may ask, and not from within `body`.
  ///
  /// - Parameter body: told the worker, below ``count``, and the part. Calls of one worker follow one
  ///   another; those of different workers run at the same time.
  public func run(parts: Int, _ body: (_ worker: Int, _ part: Int) -> Void) {
    guard let team, parts > 1 else {
      for part in 0..<parts { body(0, part) }
      return
    }
    let next = Atomic(0)
    withoutActuallyEscaping(body) { body in
      // Each part goes to one worker, and all have ended when this returns: what the calls share is
      // for the caller to keep apart by worker and part.
      nonisolated(unsafe) let body = body
      team.run { worker in
        while true {
          let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard part < parts else { return }
          body(worker, part)
        }
      }
    }
  }

  /// Cuts `0..<count` into one range a worker, each a multiple of `unit` long but for the last, and
  /// runs `body` on them.
  public func run(over count: Int, unit: Int, _ body: (Range<Int>) -> Void) {
    let units = (count + unit - 1) / unit
    let parts = max(1, min(self.count, units))
    run(parts: parts) { _, part in
      let start = units * part / parts * unit
      let end = min(units * (part + 1) / parts * unit, count)
      if start < end { body(start..<end) }
    }
  }
}
