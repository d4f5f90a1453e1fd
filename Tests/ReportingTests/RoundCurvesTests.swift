import Accounting
import Foundation
import Results
import Testing

@testable import Reporting

@Suite struct RoundCurvesTests {
  /// Two settings of two replicates, measured after rounds 2 and 4 of 4.
  private static func results(
    accountant: AccountantKind = .gaussianDP, event: PrivacyEvent = .gaussian(noiseMultiplier: 3)
  ) throws -> FinishedRun.SweepResults {
    let claims = [
      try Samples.claim(.infinity, noiseMultiplier: 0, accountant: accountant),
      try Samples.claim(4, noiseMultiplier: 3, accountant: accountant),
    ]
    var trials: [TrialRow] = []
    var rounds: [RoundRow] = []
    var ledgers: [LedgerRow] = []
    for (setting, claim) in claims.enumerated() {
      for replicate in 0..<2 {
        let id = "\(setting)-\(replicate)"
        trials.append(
          TrialRow(
            trial: id, setting: setting, replicate: replicate, sweep: "x=\(setting)", claim: claim,
            clippingNorm: 1, targetEpsilon: nil, rounds: 4, evaluationSplit: "test",
            accuracy: 0.5, loss: 1, links: .none))
        for round in [2, 4] {
          rounds.append(
            RoundRow(
              trial: id, round: round, metric: .accuracy,
              value: Double(round + replicate) / 10))
        }
        var ledger = Ledger()
        try ledger.record(setting == 0 ? .nonPrivate : event, count: 8)
        ledgers.append(
          LedgerRow(
            trial: id, privacyUnit: .client, neighboringRelation: .addOrRemoveOne, events: ledger))
      }
    }
    return FinishedRun.SweepResults(
      rows: TradeoffRow.summarize(trials), trials: trials, rounds: rounds, ledgers: ledgers,
      timings: [])
  }

  /// The interval of two numbers is their mean and 12.706 standard errors (Student's t, 1 degree of
  /// freedom, 97.5 %).
  @Test func meansHaveTheirBands() throws {
    let curves = RoundCurves(of: .accuracy, times: 100, in: try Self.results()).curves
    #expect(curves.count == 2)
    let points = curves[0].points
    #expect(points.map(\.x) == [2, 4])
    #expect(abs(points[0].y - 25) < 1e-12 && abs(points[1].y - 45) < 1e-12)
    let band = try #require(points[0].band)
    #expect(abs(band.upper - 25 - 12.706 * 5) < 0.01)
    #expect(abs(25 - band.lower - 12.706 * 5) < 0.01)
    #expect(
      RoundCurves(of: .diagnosticClippedFraction, times: 1, in: try Self.results()).curves.isEmpty)
  }

  /// k Gaussian releases of noise multiplier s are one of s / sqrt(k): its delta in closed form is that
  /// of Balle & Wang 2018, Theorem 8, which the accountant's own answer must meet.
  @Test func epsilonIsThatOfTheRoundsBefore() throws {
    let curves = try RoundCurves.epsilons(in: try Self.results()).curves
    #expect(curves.count == 1)
    // Two releases a round: four after round 2, eight after round 4.
    for (point, releases) in zip(curves[0].points, [4.0, 8.0]) {
      let mu = releases.squareRoot() / 3
      #expect(abs(delta(epsilon: point.y, mu: mu) / 1e-5 - 1) < 1e-6)
    }
  }

  private func delta(epsilon: Double, mu: Double) -> Double {
    func tail(_ x: Double) -> Double { 0.5 * erfc(x / 2.0.squareRoot()) }
    return tail(epsilon / mu - mu / 2) - exp(epsilon) * tail(epsilon / mu + mu / 2)
  }

  @Test func settingsAtOnePriceShareACurve() throws {
    let results = try Self.results()
    let twice = FinishedRun.SweepResults(
      rows: results.rows + results.rows, trials: results.trials, rounds: results.rounds,
      ledgers: results.ledgers, timings: [])
    #expect(try RoundCurves.epsilons(in: twice).curves.count == 1)
  }

  @Test func manyCurvesAreSpreadWithTheirEnds() throws {
    let results = try Self.results()
    let rows = (0..<20).map { results.rows[0].renamed("x=\($0)") }
    let many = FinishedRun.SweepResults(
      rows: rows, trials: results.trials, rounds: results.rounds, ledgers: results.ledgers,
      timings: [])
    let shown = RoundCurves(of: .accuracy, times: 1, in: many).spread(atMost: 7).curves
    #expect(shown.map(\.row.sweep) == [0, 3, 6, 10, 13, 16, 19].map { "x=\($0)" })
  }
}
