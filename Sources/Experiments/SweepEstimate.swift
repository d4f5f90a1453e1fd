internal import Datasets
internal import Foundation
internal import Results

/// How long a sweep takes, found by a few rounds of each kind of its groups.
public struct SweepEstimate: Sendable {
  /// Reading the data, and what is made of it.
  public let dataSeconds: Double
  /// Of groups on all threads, one after another.
  public let trainingSeconds: Double
  /// Of one trial, by setting; a share of its group's.
  public let secondsOfTrial: [Int: Double]
  /// Rounds that were timed, in all.
  public let timedRounds: Int
  public let threads: Int

  public var seconds: Double { dataSeconds + trainingSeconds }
}

extension SweepRunner {
  /// Times each kind of the sweep's groups, as many at a time as in the sweep.
  ///
  /// It trains on the data and throws away all that comes of it but times. Those tell of the data what a
  /// stopwatch tells, and are covered by no guarantee.
  ///
  /// - Parameter seconds: for all kinds together, about; each takes a round at least.
  public func estimate(
    within seconds: Double, onEvent: (Event) -> Void
  ) async throws -> SweepEstimate {
    let start = ContinuousClock.now
    let jobs = try jobs(for: plan.trials, goingOnFrom: [:], onEvent: onEvent)
    let dataSeconds = (ContinuousClock.now - start) / .seconds(1)

    let (jobsAtATime, threadsOfJob) = concurrency(of: jobs)
    let settings = Dictionary(uniqueKeysWithValues: plan.trials.map { ($0.id, $0.setting) })
    func kind(_ job: TrialJob) -> [Int] { job.trials.map { settings[$0]! } }
    var secondsOfKind: [[Int]: Double] = [:]
    var timedRounds = 0
    let kinds = Set(jobs.map(kind)).count
    for job in jobs where secondsOfKind[kind(job)] == nil {
      let times = try await times(
        of: job, copies: jobsAtATime, threads: threadsOfJob,
        within: seconds / Double(kinds))
      secondsOfKind[kind(job)] = times.map(\.seconds).reduce(0, +) / Double(times.count)
      timedRounds += times.reduce(0) { $0 + $1.rounds }
    }
    var secondsOfTrial: [Int: Double] = [:]
    for (settings, seconds) in secondsOfKind {
      for setting in settings { secondsOfTrial[setting] = seconds / Double(settings.count) }
    }
    return SweepEstimate(
      dataSeconds: dataSeconds,
      trainingSeconds: Self.end(of: jobs.map { secondsOfKind[kind($0)]! }, atATime: jobsAtATime),
      secondsOfTrial: secondsOfTrial, timedRounds: timedRounds, threads: threads)
  }

  /// Of one group, on as many copies at a time as groups run in the sweep.
  private func times(
    of job: TrialJob, copies: Int, threads: Int, within seconds: Double
  ) async throws -> [(seconds: Double, rounds: Int)] {
    try await withThrowingTaskGroup(of: (seconds: Double, rounds: Int).self) { tasks in
      for _ in 0..<copies {
        tasks.addTask { try job.time(in: plan, threads: threads, within: seconds) }
      }
      var times: [(seconds: Double, rounds: Int)] = []
      while let time = try await tasks.next() { times.append(time) }
      return times
    }
  }

  /// When the last group ends, where the next one begins as soon as a place is free.
  static func end(of groups: [Double], atATime count: Int) -> Double {
    var places = [Double](repeating: 0, count: count)
    for seconds in groups {
      let next = places.indices.min { places[$0] < places[$1] }!
      places[next] += seconds
    }
    return places.max() ?? 0
  }
}

extension TrialJob {
  /// The seconds of the whole job, and the rounds that they were found by.
  fileprivate func time(
    in plan: Plan, threads: Int, within seconds: Double
  ) throws -> (seconds: Double, rounds: Int) {
    switch self {
    case .training(let group, let data):
      let trial = group.trials[0].plan
      let rounds = trial.training.rounds
      let pace = try group.pace(on: data, threads: threads, within: seconds)
      let total = pace.seconds(
        rounds: rounds, measurements: trial.evaluation.measuredRounds(of: rounds).count)
      return (total, pace.timedRounds)
    case .analytics(let trial, let data):
      let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      defer { try? FileManager.default.removeItem(at: scratch) }
      let directory = try RunDirectory(
        scratch.path(percentEncoded: false), plan: plan.document(), restart: false)
      let outcome = try AnalyticsRunner(trial: trial, data: data, directory: directory).run()
      return (outcome.timing.seconds, AnalyticsPlan.rounds)
    }
  }
}
