internal import Accounting
internal import Results
internal import Statistics

/// What a run measured along its rounds, as curves over rounds: a curve a setting.
struct RoundCurves {
  struct Curve {
    let row: TradeoffRow
    /// By rising round.
    let points: [LinePlot.Point]
  }

  let curves: [Curve]

  /// Means over replicates, times `factor`, with their intervals.
  init(of metric: Metric, times factor: Double, in results: FinishedRun.SweepResults) {
    let settings = Dictionary(
      results.trials.map { ($0.trial, $0.setting) }, uniquingKeysWith: { first, _ in first })
    var values: [Int: [Int: [Double]]] = [:]
    for row in results.rounds where row.metric == metric && row.site == nil {
      guard let setting = settings[row.trial] else { continue }
      values[setting, default: [:]][row.round, default: []].append(factor * row.value)
    }
    curves = results.rows.compactMap { row in
      guard let rounds = values[row.setting], rounds.count > 1 else { return nil }
      return Curve(
        row: row,
        points: rounds.sorted { $0.key < $1.key }.map { round, values in
          let sample = Sample(values)
          let interval = sample.studentInterval(confidence: .ninetyFivePercent)
          return LinePlot.Point(
            x: Double(round), y: sample.mean, band: interval.map { ($0.lower, $0.upper) })
        })
    }
  }

  private init(_ curves: [Curve]) { self.curves = curves }

  func filter(_ isShown: (TradeoffRow) -> Bool) -> RoundCurves {
    RoundCurves(curves.filter { isShown($0.row) })
  }

  /// At most so many, spread evenly over the table, its first and last row among them.
  func spread(atMost count: Int) -> RoundCurves {
    guard curves.count > count else { return self }
    return RoundCurves(
      (0..<count).map { curves[($0 * (curves.count - 1) + (count - 1) / 2) / (count - 1)] })
  }
}

extension RoundCurves {
  /// What private settings had spent after each measured round, by their accountants; a curve for each
  /// price, under the first setting that pays it.
  static func epsilons(in results: FinishedRun.SweepResults) throws -> RoundCurves {
    var seen: Set<Price> = []
    var curves: [Curve] = []
    for row in results.rows where row.claim.isPrivate {
      guard let trial = results.trials.first(where: { $0.setting == row.setting }),
        let ledger = results.ledgers.first(where: { $0.trial == trial.trial })?.events
      else { continue }
      let rounds = Set(results.rounds.filter { $0.trial == trial.trial }.map(\.round)).sorted()
      let releases = ledger.runs.reduce(0) { $0 + $1.count }
      // Every round makes the same number of releases.
      guard rounds.count > 1, releases.isMultiple(of: trial.rounds),
        seen.insert(Price(row.claim, ledger, rounds)).inserted
      else { continue }
      let points = try rounds.map { round throws(AccountingError) in
        LinePlot.Point(
          x: Double(round),
          y: try row.claim.epsilon(
            of: ledger.beginning(releases: round * (releases / trial.rounds))),
          band: nil)
      }
      curves.append(Curve(row: row, points: points))
    }
    return RoundCurves(curves)
  }

  /// What decides the curve of a setting.
  private struct Price: Hashable {
    let relation: NeighboringRelation
    let accountant: AccountantKind
    let delta: Double
    let ledger: Ledger
    let rounds: [Int]

    init(_ claim: PrivacyClaim, _ ledger: Ledger, _ rounds: [Int]) {
      relation = claim.neighboringRelation
      accountant = claim.accountant
      delta = claim.delta
      self.ledger = ledger
      self.rounds = rounds
    }
  }
}

extension PrivacyClaim {
  /// An upper bound by the claim's accountant, at its delta.
  fileprivate func epsilon(of ledger: Ledger) throws(AccountingError) -> Double {
    var accountant = accountant.makeAccountant(relation: neighboringRelation)
    try accountant.compose(ledger.event)
    return try accountant.epsilonUpperBound(atDelta: delta)
  }
}

extension Ledger {
  /// The first `releases` of it.
  fileprivate func beginning(releases: Int) throws(AccountingError) -> Ledger {
    var beginning = Ledger()
    var left = releases
    for run in runs where left > 0 {
      try beginning.record(run.event, count: min(run.count, left))
      left -= run.count
    }
    return beginning
  }
}
