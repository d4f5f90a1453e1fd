import Accounting
import Foundation
import Testing
import _TestSupport

@Suite struct CalibrationTests {
  @Test func exactGaussianNoiseIsFound() throws {
    for row in try ReferenceTable("analytic_gaussian_sigma.csv").rows {
      let noise = try Calibration.noiseMultiplier(
        targetEpsilon: try row.column("epsilon"), delta: try row.column("delta"),
        accountant: .gaussianDP,
        relation: .addOrRemoveOne
      ) { .gaussian(noiseMultiplier: $0) }
      let reference = try row.column("noise_multiplier")
      #expect(noise >= reference * (1 - 1e-12))
      #expect(noise <= reference * (1 + 2e-6))
    }
  }

  @Test(arguments: [0.01, 1, 30], [1, 2000])
  func theResultMeetsTheTargetAndLittleLessDoesNot(target: Double, rounds: Int) throws {
    func event(_ noise: Double) -> PrivacyEvent {
      .repeated(
        .poissonSampled(.gaussian(noiseMultiplier: noise), samplingRate: 0.02), count: rounds)
    }
    func epsilon(_ noise: Double) throws -> Double {
      var accountant = RenyiAccountant(relation: .zeroOut)
      try accountant.compose(event(noise))
      return try accountant.epsilon(atDelta: 1e-5).upper
    }
    let noise = try Calibration.noiseMultiplier(
      targetEpsilon: target, delta: 1e-5, accountant: .rdp, relation: .zeroOut, event: event)
    #expect(try epsilon(noise) <= target)
    #expect(try epsilon(noise * (1 - 2e-6)) > target)
  }

  /// T Gaussian releases are one with noise less by the root of T, so the table's multipliers say how
  /// many rounds fit.
  @Test(arguments: [1.0, 30, 1e4, 1e7])
  func exactlyTheLastRoundThatFitsIsFound(noise: Double) throws {
    for row in try ReferenceTable("analytic_gaussian_sigma.csv").rows {
      let (target, delta) = (try row.column("epsilon"), try row.column("delta"))
      let fitting = pow(noise / (try row.column("noise_multiplier")), 2)
      // The table's digits decide on all rounds but those at its very edge.
      guard fitting > 1, abs(fitting - fitting.rounded()) > fitting * 1e-12 else { continue }
      let rounds = try Calibration.rounds(
        targetEpsilon: target, delta: delta, accountant: .gaussianDP, relation: .addOrRemoveOne
      ) { .repeated(.gaussian(noiseMultiplier: noise), count: $0) }
      // The accountant's bounds are a relative 1e-12 apart.
      #expect(abs(Double(rounds) - fitting.rounded(.down)) <= max(1e-11 * fitting, 0), "\(row)")
    }
  }

  @Test(arguments: [0.3, 1, 4])
  func theRateOnlyJustMeetsTheTarget(target: Double) throws {
    func event(_ rate: Double) -> PrivacyEvent {
      .repeated(.poissonSampled(.gaussian(noiseMultiplier: 1.5), samplingRate: rate), count: 500)
    }
    let rate = try Calibration.value(
      of: .samplingRate, targetEpsilon: target, delta: 1e-6, accountant: .rdp,
      relation: .addOrRemoveOne, event: event)
    var (meeting, missing) = (
      RenyiAccountant(relation: .addOrRemoveOne), RenyiAccountant(relation: .addOrRemoveOne)
    )
    try meeting.compose(event(rate))
    try missing.compose(event(rate * (1 + 2e-6)))
    #expect(try meeting.epsilonUpperBound(atDelta: 1e-6) <= target)
    #expect(try missing.epsilonUpperBound(atDelta: 1e-6) > target)
  }

  @Test func everybodyMayTakePart() throws {
    let rate = try Calibration.value(
      of: .samplingRate, targetEpsilon: 3, delta: 1e-6, accountant: .rdp, relation: .zeroOut
    ) { .poissonSampled(.gaussian(noiseMultiplier: 10), samplingRate: $0) }
    #expect(rate == 1)
  }

  /// Accountants may take milliseconds an answer, and calibrations are to take tens of them.
  @Test(arguments: [1.0, 2, 8, 30, 100], [1, 100, 10_000, 1_000_000])
  func fewPricesAreAsked(target: Double, rounds: Int) throws {
    for argument in [CalibratedArgument.noiseMultiplier, .samplingRate] {
      let prices = try pricesAsked(argument, target: target, rounds: rounds, noise: 1)
      #expect(prices <= 15, "\(argument): \(prices)")
    }
  }

  /// Where delta covers what little noise leaves, epsilon drops to 0 at once.
  @Test func notManyMoreAreAskedWhereEpsilonJumps() throws {
    #expect(
      try pricesAsked(.samplingRate, target: 0.01, rounds: 1_000_000, noise: 0.4) <= 32)
  }

  private func pricesAsked(
    _ argument: CalibratedArgument, target: Double, rounds: Int, noise: Double
  ) throws -> Int {
    var prices = 0
    _ = try Calibration.value(
      of: argument, targetEpsilon: target, delta: 1e-5, accountant: .rdp, relation: .addOrRemoveOne
    ) { x in
      prices += 1
      let (noise, rate) = argument == .samplingRate ? (noise, x) : (x, 0.01)
      return .repeated(
        .poissonSampled(.gaussian(noiseMultiplier: noise), samplingRate: rate), count: rounds)
    }
    return prices
  }

  @Test func aRangeThatMissesOrMeetsIsSaidWithItsEnd() {
    func solve(_ argument: CalibratedArgument, _ event: @escaping (Double) -> PrivacyEvent)
      -> AccountingError?
    {
      #expect(throws: AccountingError.self) {
        try Calibration.value(
          of: argument, targetEpsilon: 1, delta: 1e-5, accountant: .rdp, relation: .addOrRemoveOne,
          event: event)
      }
    }
    let noise = PrivacyEvent.gaussian(noiseMultiplier: 1)
    guard
      case .targetOutOfReach(1, 1e-5, .rounds, given: 1, let epsilon) = solve(
        .rounds, { .repeated(noise, count: Int($0)) }), epsilon > 1
    else {
      Issue.record("one round must be too many")
      return
    }
    guard
      case .targetDoesNotBind(1, 1e-5, .rounds, given: 0x1p53, epsilon: 0) = solve(
        .rounds, { _ in .composed([]) })
    else {
      Issue.record("nothing must always fit")
      return
    }
    guard
      case .targetOutOfReach(1, 1e-5, .samplingRate, given: 0x1p-60, .infinity) = solve(
        .samplingRate, { _ in .nonPrivate })
    else {
      Issue.record("no noise must never fit")
      return
    }
  }

  @Test func unreachableTargetsSayWhy() {
    let tooMany = #expect(throws: AccountingError.self) {
      try Calibration.noiseMultiplier(
        targetEpsilon: 1, delta: 1e-5, accountant: .rdp, relation: .addOrRemoveOne
      ) { _ in .nonPrivate }
    }
    guard case .targetOutOfReach(1, 1e-5, .noiseMultiplier, 0x1p40, .infinity) = tooMany else {
      Issue.record("wrong error: \(String(describing: tooMany))")
      return
    }
    let none = #expect(throws: AccountingError.self) {
      try Calibration.noiseMultiplier(
        targetEpsilon: 1, delta: 1e-5, accountant: .rdp, relation: .addOrRemoveOne
      ) { _ in .composed([]) }
    }
    guard case .targetDoesNotBind(1, 1e-5, .noiseMultiplier, 0x1p-20, 0) = none else {
      Issue.record("wrong error: \(String(describing: none))")
      return
    }
  }

  @Test func badArgumentsAndRefusalsPassThrough() {
    func calibrate(_ target: Double, _ delta: Double, _ event: @escaping (Double) -> PrivacyEvent)
      throws
    {
      _ = try Calibration.noiseMultiplier(
        targetEpsilon: target, delta: delta, accountant: .gaussianDP, relation: .addOrRemoveOne,
        event: event)
    }
    for (target, delta) in [(-1, 0.1), (.nan, 0.1), (.infinity, 0.1), (1, 0), (1, Double.nan)] {
      #expect(throws: AccountingError.self) {
        try calibrate(target, delta) { .gaussian(noiseMultiplier: $0) }
      }
    }
    #expect(throws: AccountingError.self) {
      try calibrate(1, 0.1) { .laplace(noiseMultiplier: $0) }
    }
  }
}
