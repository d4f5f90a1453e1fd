public import Accounting

/// Releases that are priced together: those of trials that are asked about the same random cohorts, or
/// of one trial.
///
/// A cohort is paid for with the answers of all trials when the first is given. Whoever stops before the
/// others are, having seen the first, has seen a part of what all would show: that costs no more. To price
/// the answers that were given alone would let what they show decide what they cost.
public struct ReleaseSchedule: Hashable, Codable, Sendable {
  public let trials: [Trial]
  /// nil where no cohort is drawn, or where a cohort makes nothing cheaper.
  public let cohorts: Cohorts?
  /// What the first, second, ... release of all trials together cost.
  public let events: Ledger

  public struct Trial: Hashable, Codable, Sendable {
    public let trial: String
    /// How many it makes in all.
    public let releases: Int

    public init(trial: String, releases: Int) {
      self.trial = trial
      self.releases = releases
    }
  }

  /// Where random cohorts hang: every release of a replicate has one.
  public struct Cohorts: Hashable, Codable, Sendable {
    public let seed: UInt64
    public let replicate: Int

    public init(seed: UInt64, replicate: Int) {
      self.seed = seed
      self.replicate = replicate
    }
  }

  public init(trials: [Trial], cohorts: Cohorts?, events: Ledger) {
    self.trials = trials
    self.cohorts = cohorts
    self.events = events
  }

  /// How many releases there are of the longest trial.
  public var length: Int { events.runs.reduce(0) { $0 + $1.count } }

  /// The releases after the first `start`, up to and with number `end`.
  func events(from start: Int, to end: Int) -> [Ledger.Run] {
    var parts: [Ledger.Run] = []
    var passed = 0
    for run in events.runs {
      let count = min(end, passed + run.count) - max(start, passed)
      if count > 0 { parts.append(Ledger.Run(event: run.event, count: count)) }
      passed += run.count
    }
    return parts
  }
}
