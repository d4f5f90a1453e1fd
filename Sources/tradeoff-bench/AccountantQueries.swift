import Accounting
import Foundation

/// The questions that other packages' accountants are timed on too (`.ci/peers/time_peers.py`),
/// answered by ours. Each is asked from scratch, once before it is timed, so that the plans of Fourier
/// transforms, which a process makes once, are there.
struct AccountantQueries {
  /// One setting of Poisson-sampled Gaussian mechanisms.
  struct Setting {
    let name: String
    let samplingRate: Double
    let noiseMultiplier: Double
    let rounds: Int
    let delta: Double

    var round: PrivacyEvent {
      .poissonSampled(.gaussian(noiseMultiplier: noiseMultiplier), samplingRate: samplingRate)
    }
  }

  /// A question and what its answer is about.
  struct Query {
    let task: String
    let setting: String
    /// Runs the query; the ends of epsilon, or of the noise multiplier where that is asked for.
    let answer: () throws -> (lower: Double?, upper: Double)
  }

  static let runs = 5

  func queries(grid: [Setting]) -> [Query] {
    let headline = Self.headline()
    return [
      epsilon(task: "headline", headline),
      epsilon(task: "headline", Self.headline(rounds: 100_000)),
      Query(task: "curve", setting: "1000-rounds") { try curve(headline) },
      Query(task: "calibrate", setting: "epsilon-2") { try calibrate(headline, targetEpsilon: 2) },
      Query(task: "sweep", setting: "100-noises") { try sweep() },
    ] + grid.map { epsilon(task: "grid", $0) }
  }

  /// Prints a line a query: the median over several runs, in seconds.
  func printTimes(grid: [Setting]) throws {
    print("peer,task,setting,seconds,wall,lower,upper")
    for query in queries(grid: grid) {
      var answer = try query.answer()
      var processorTimes: [Double] = []
      var wallTimes: [Double] = []
      let clock = ContinuousClock()
      for _ in 0..<Self.runs {
        let start = Self.processorSeconds()
        let wall = try clock.measure { answer = try query.answer() }
        processorTimes.append(Self.processorSeconds() - start)
        wallTimes.append(wall / .seconds(1))
      }
      let lower = answer.lower.map { "\($0)" } ?? ""
      print(
        "tradeoff-pld,\(query.task),\(query.setting),"
          + "\(Self.median(processorTimes)),\(Self.median(wallTimes)),\(lower),\(answer.upper)")
    }
  }

  /// The settings of a table such as `bench_grid.csv`.
  static func readGrid(_ path: String) throws -> [Setting] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
    return try lines.dropFirst().map { line in
      let fields = line.split(separator: ",").map(String.init)
      guard fields.count == 5, let samplingRate = Double(fields[1]),
        let noiseMultiplier = Double(fields[2]), let rounds = Int(fields[3]),
        let delta = Double(fields[4])
      else { throw MalformedGrid(path: path, line: String(line)) }
      return Setting(
        name: fields[0], samplingRate: samplingRate, noiseMultiplier: noiseMultiplier,
        rounds: rounds, delta: delta)
    }
  }

  struct MalformedGrid: Error {
    let path: String
    let line: String
  }

  private static func headline(noiseMultiplier: Double = 1, rounds: Int = 1000) -> Setting {
    Setting(
      name: "\(rounds)-rounds", samplingRate: 0.01, noiseMultiplier: noiseMultiplier,
      rounds: rounds, delta: 1e-5)
  }

  private func epsilon(task: String, _ setting: Setting) -> Query {
    Query(task: task, setting: setting.name) { try epsilon(setting) }
  }

  private func epsilon(_ setting: Setting) throws -> (lower: Double?, upper: Double) {
    var spent = PrivacyLossAccountant(relation: .addOrRemoveOne)
    try spent.compose(setting.round, count: setting.rounds)
    let bound = try spent.epsilon(atDelta: setting.delta)
    return (bound.lower, bound.upper)
  }

  /// Epsilon after every round.
  private func curve(_ setting: Setting) throws -> (lower: Double?, upper: Double) {
    let bounds = try PrivacyLossAccountant.epsilons(
      of: (1...setting.rounds).map { .repeated(setting.round, count: $0) },
      atDelta: setting.delta, relation: .addOrRemoveOne)
    return (bounds[setting.rounds - 1].lower, bounds[setting.rounds - 1].upper)
  }

  private func calibrate(
    _ setting: Setting, targetEpsilon: Double
  ) throws -> (lower: Double?, upper: Double) {
    let noiseMultiplier = try Calibration.noiseMultiplier(
      targetEpsilon: targetEpsilon, delta: setting.delta, accountant: .pld,
      relation: .addOrRemoveOne
    ) { noiseMultiplier in
      .repeated(
        .poissonSampled(
          .gaussian(noiseMultiplier: noiseMultiplier), samplingRate: setting.samplingRate),
        count: setting.rounds)
    }
    return (nil, noiseMultiplier)
  }

  /// A hundred noise multipliers from 0.6 to 10.
  private func sweep() throws -> (lower: Double?, upper: Double) {
    var ends: (lower: Double?, upper: Double) = (nil, 0)
    for index in 0..<100 {
      let noiseMultiplier = 0.6 * pow(10 / 0.6, Double(index) / 99)
      ends = try epsilon(Self.headline(noiseMultiplier: noiseMultiplier))
    }
    return ends
  }

  private static func processorSeconds() -> Double {
    Double(clock()) / Double(CLOCKS_PER_SEC)
  }

  private static func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }
}
