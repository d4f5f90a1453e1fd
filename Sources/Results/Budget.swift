public import Accounting
public import Foundation

/// What the lines of a budget file add up to.
public struct Budget: Sendable {
  public let header: BudgetHeader
  public private(set) var runs: [Run] = []
  private let file: String
  /// The arithmetic of every trial that was charged or reserved.
  private var arithmetic: [String: String] = [:]
  private var schedules: [ReleaseSchedule: Progress] = [:]
  /// In the order in which they came up, so that sums do not depend on hashing.
  private var order: [ReleaseSchedule] = []
  /// At the filter's order, of what was asked for before.
  private var divergences: [Ledger.Run: Double] = [:]

  /// A run that pays from the budget.
  public struct Run: Sendable {
    /// From 1.
    public let number: Int
    public let experiment: String
    public let folder: String
    public let host: String
    public let started: Date
    let arithmetic: String
    let schedules: [ReleaseSchedule]
    /// Releases charged, by trial.
    public fileprivate(set) var charged: [String: Int] = [:]
    /// nil while it is open.
    public fileprivate(set) var closing: BudgetClosingReason?
    /// What it was the first to pay for.
    fileprivate var parts: [Part] = []

    public var isOpen: Bool { closing == nil }

    /// How many releases its trials make in all.
    public var plannedReleases: Int {
      schedules.reduce(0) { $0 + $1.trials.reduce(0) { $0 + $1.releases } }
    }

    public var chargedReleases: Int { charged.values.reduce(0, +) }
  }

  /// The releases of a schedule after the first `start`, up to and with number `end`.
  fileprivate struct Part {
    let schedule: ReleaseSchedule
    let start: Int
    let end: Int
  }

  private struct Progress {
    /// The run that asked for it first.
    let run: Int
    var charged = 0
    var openRuns: Set<Int> = []

    /// What counts: all of it while a run may still ask.
    func reserved(of schedule: ReleaseSchedule) -> Int {
      openRuns.isEmpty ? charged : schedule.length
    }
  }

  init(_ header: BudgetHeader, file: String) {
    self.header = header
    self.file = file
  }

  public var filter: RenyiFilter { header.filter }

  public func run(_ number: Int) throws(ResultsError) -> Run {
    guard runs.indices.contains(number - 1) else { throw .budget(file: file, .noSuchRun(number)) }
    return runs[number - 1]
  }

  // MARK: Lines

  mutating func apply(_ line: BudgetLine) throws(ResultsError) {
    func wrong(_ reason: String) -> ResultsError {
      .unreadable(file: "\(file):\(line.number)", reason: reason)
    }
    func known(_ number: Int) throws(ResultsError) -> Int {
      guard runs.indices.contains(number - 1) else { throw wrong("there is no run \(number)") }
      return number - 1
    }
    switch line.entry {
    case .header:
      throw wrong("a second header")
    case .start(let start):
      guard start.run == runs.count + 1 else { throw wrong("it is not run \(runs.count + 1)") }
      runs.append(
        Run(
          number: start.run, experiment: start.experiment, folder: start.folder, host: start.host,
          started: line.time, arithmetic: start.arithmetic, schedules: start.schedules))
      for schedule in start.schedules {
        if schedules[schedule] == nil {
          order.append(schedule)
          schedules[schedule] = Progress(run: start.run)
        }
        schedules[schedule]?.openRuns.insert(start.run)
        for trial in schedule.trials { arithmetic[trial.trial] = start.arithmetic }
      }
    case .charge(let charge):
      let run = try known(charge.run)
      guard
        let schedule = runs[run].schedules.first(where: { $0.releases(of: charge.trial) != nil }),
        let most = schedule.releases(of: charge.trial)
      else { throw wrong("trial \(charge.trial) is not in run \(charge.run)") }
      guard charge.releases > runs[run].charged[charge.trial] ?? 0, charge.releases <= most else {
        throw wrong("\(charge.releases) releases of trial \(charge.trial)")
      }
      runs[run].charged[charge.trial] = charge.releases
      let charged = schedules[schedule]?.charged ?? 0
      if charge.releases > charged {
        schedules[schedule]?.charged = charge.releases
        runs[run].pay(for: Part(schedule: schedule, start: charged, end: charge.releases))
      }
    case .close(let closing):
      let run = try known(closing.run)
      guard runs[run].isOpen else { throw wrong("run \(closing.run) was closed before") }
      close(closing.run, closing.reason)
    }
  }

  mutating func close(_ number: Int, _ reason: BudgetClosingReason) {
    runs[number - 1].closing = reason
    for schedule in runs[number - 1].schedules { schedules[schedule]?.openRuns.remove(number) }
  }

  /// How many releases of a trial were charged, in whatever run.
  func charged(_ trial: String) -> Int { runs.map { $0.charged[trial] ?? 0 }.max() ?? 0 }

  // MARK: Prices

  /// Divergences, at the filter's order, as shares of its total.
  public struct Shares: Hashable, Sendable {
    /// Of releases that were charged.
    public let spent: Double
    /// Of releases that open runs may still make.
    public let reserved: Double
    public var left: Double { max(0, 1 - spent - reserved) }
  }

  public mutating func shares() throws(ResultsError) -> Shares {
    var (charged, all) = ([0.0], [0.0])
    for schedule in order {
      guard let progress = schedules[schedule] else { continue }
      let reserved = progress.reserved(of: schedule)
      charged.append(
        try divergence(of: [Part(schedule: schedule, start: 0, end: progress.charged)]))
      all.append(try divergence(of: [Part(schedule: schedule, start: 0, end: reserved)]))
    }
    let spent = filter.spent(charged) / filter.total
    return Shares(spent: spent, reserved: max(0, filter.spent(all) / filter.total - spent))
  }

  /// The share that a run was the first to be charged for.
  public mutating func share(of run: Run) throws(ResultsError) -> Double {
    try divergence(of: run.parts) / filter.total
  }

  /// An odometer's reading, at the filter's delta, of all that was charged.
  public func odometer() throws(ResultsError) -> Double {
    var counts: [(run: Ledger.Run, times: Int)] = []
    for schedule in order {
      for run in schedule.events(from: 0, to: schedules[schedule]?.charged ?? 0) {
        if let index = counts.firstIndex(where: { $0.run == run }) {
          counts[index].times += 1
        } else {
          counts.append((run, 1))
        }
      }
    }
    guard var odometer = try? RenyiOdometer(delta: filter.delta) else {
      preconditionFailure("the filter's delta is one")
    }
    for (run, times) in counts { odometer.add(try price(of: run), times: times) }
    return odometer.epsilon
  }

  /// The epsilon at the filter's delta of a run's whole plan by itself, which is fixed when the run begins.
  public func epsilon(ofPlan run: Run) throws(ResultsError) -> Double {
    var steps: [RenyiStep] = []
    for part in run.schedules.flatMap(\.events.runs) { steps.append(try price(of: part)) }
    do {
      return try RenyiStep.epsilon(ofFixed: steps, atDelta: filter.delta)
    } catch {
      throw .budget(file: file, .unpriced(reason: error.description))
    }
  }

  private mutating func divergence(of parts: [Part]) throws(ResultsError) -> Double {
    var sum = 0.0
    for part in parts {
      for run in part.schedule.events(from: part.start, to: part.end) {
        if let known = divergences[run] {
          sum += known
          continue
        }
        let divergence = try price(of: run).divergence(atOrder: filter.order)
        divergences[run] = divergence
        sum += divergence
      }
    }
    return sum
  }

  private func price(of run: Ledger.Run) throws(ResultsError) -> RenyiStep {
    do {
      return try RenyiStep(
        run.event, count: run.count, relation: header.subject.neighboringRelation)
    } catch {
      throw .budget(file: file, .unpriced(reason: error.description))
    }
  }

  // MARK: Admission

  /// The open run that this one goes on with: the same releases by the same arithmetic into the same folder.
  func openRun(like request: BudgetRequest, in place: BudgetPlace) -> Run? {
    runs.last {
      $0.isOpen && $0.schedules == request.schedules && $0.folder == place.folder
        && $0.host == place.host && $0.arithmetic == place.arithmetic
    }
  }

  /// Refuses a plan that the budget does not cover, cannot price, or has too little left for.
  mutating func check(_ request: BudgetRequest, in place: BudgetPlace) throws(ResultsError) {
    try header.subject.check(request.subject, file: file)
    for trial in request.schedules.flatMap(\.trials) {
      if let charged = arithmetic[trial.trial], charged != place.arithmetic {
        throw .budget(
          file: file,
          .otherArithmetic(trial: trial.trial, charged: charged, now: place.arithmetic))
      }
    }
    let used = Dictionary(
      order.compactMap { schedule in schedule.cohorts.map { ($0, schedule) } },
      uniquingKeysWith: { first, _ in first })
    for schedule in request.schedules {
      guard let cohorts = schedule.cohorts, let other = used[cohorts], other != schedule else {
        continue
      }
      throw .budget(
        file: file,
        .cohortsUsed(
          run: schedules[other]?.run ?? 0, seed: cohorts.seed, replicate: cohorts.replicate))
    }

    var (held, added) = ([0.0], [0.0])
    for schedule in order {
      guard let progress = schedules[schedule] else { continue }
      let end = progress.reserved(of: schedule)
      held.append(try divergence(of: [Part(schedule: schedule, start: 0, end: end)]))
    }
    for schedule in request.schedules {
      let start = schedules[schedule]?.reserved(of: schedule) ?? 0
      added.append(
        try divergence(of: [Part(schedule: schedule, start: start, end: schedule.length)]))
    }
    guard filter.admits(held + added) else {
      throw .budget(
        file: file,
        .exhausted(
          cost: added.reduce(0, +) / filter.total, left: 1 - filter.spent(held) / filter.total,
          total: filter, openRuns: runs.filter(\.isOpen).map(\.number)))
    }
  }
}

extension Budget.Run {
  fileprivate mutating func pay(for part: Budget.Part) {
    if let last = parts.last, last.schedule == part.schedule, last.end == part.start {
      parts[parts.count - 1] = Budget.Part(
        schedule: part.schedule, start: last.start, end: part.end)
    } else {
      parts.append(part)
    }
  }
}

extension ReleaseSchedule {
  fileprivate func releases(of trial: String) -> Int? {
    trials.first { $0.trial == trial }?.releases
  }
}
