/// How far a sweep has come, told by its events.
public struct SweepProgress: Sendable {
  /// A group in training.
  public struct Group: Sendable {
    public let group: RunningGroup
    /// The last one that is through.
    public fileprivate(set) var round: Int
    /// Of the last measurement, one a trial.
    public fileprivate(set) var accuracies: [Double]?
    fileprivate var unfinished: Int
  }

  public private(set) var trials = 0
  public private(set) var finishedTrials = 0
  /// Of an earlier run.
  public private(set) var keptTrials = 0
  /// In the order in which they began.
  public private(set) var groups: [Group] = []

  private var start: ContinuousClock.Instant?
  private var earlierWork = 0.0
  private var work = 0.0
  private var workLeft = 0.0
  private var secondsOfSetting: [String: (seconds: Double, trials: Int)] = [:]

  public init() {}

  public mutating func note(_ event: SweepRunner.Event, at now: ContinuousClock.Instant = .now) {
    switch event {
    case .preparingFeatures: break
    case .started(let load):
      start = now
      trials = load.trials
      finishedTrials = load.finishedTrials
      keptTrials = load.finishedTrials
      earlierWork = load.workDone
      work = load.workLeft
      workLeft = load.workLeft
    case .startedGroup(let group):
      groups.append(
        Group(
          group: group, round: group.earlierRounds, accuracies: nil,
          unfinished: group.trials.count))
    case .finishedRound(let round, let group, let accuracies):
      guard let place = groups.firstIndex(where: { $0.group.number == group.number })
      else { return }
      groups[place].round = round
      if let accuracies { groups[place].accuracies = accuracies }
      workLeft -= group.workPerRound
    case .finishedTrial(let trial, _, let seconds):
      finishedTrials += 1
      let sum = secondsOfSetting[trial.sweep] ?? (0, 0)
      secondsOfSetting[trial.sweep] = (sum.seconds + seconds, sum.trials + 1)
      if let place = groups.firstIndex(where: { $0.group.trials.contains { $0.id == trial.id } }) {
        groups[place].unfinished -= 1
        if groups[place].unfinished == 0 { groups.remove(at: place) }
      }
    }
  }

  /// Trials that this run has computed.
  public var computedTrials: Int { finishedTrials - keptTrials }

  /// Of the work of the whole sweep, that of earlier runs included; in [0, 1].
  public var share: Double {
    let all = earlierWork + work
    return all > 0 ? min(1, max(0, 1 - workLeft / all)) : 1
  }

  /// What is left if it takes as long for its work as what is done; nil before anything is.
  public func secondsLeft(at now: ContinuousClock.Instant = .now) -> Double? {
    let done = work - workLeft
    guard let start, done > 0 else { return nil }
    return max(0, (now - start) / .seconds(1) * workLeft / done)
  }

  /// The setting whose trials took longest, and the seconds of one of them.
  public var slowestSetting: (sweep: String, seconds: Double)? {
    secondsOfSetting.map { (sweep: $0.key, seconds: $0.value.seconds / Double($0.value.trials)) }
      .max { ($0.seconds, $1.sweep) < ($1.seconds, $0.sweep) }
  }
}
