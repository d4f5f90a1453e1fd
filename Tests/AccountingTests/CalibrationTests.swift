import Accounting
import Testing

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

  @Test func unreachableTargetsSayWhy() {
    let tooMany = #expect(throws: AccountingError.self) {
      try Calibration.noiseMultiplier(
        targetEpsilon: 1, delta: 1e-5, accountant: .rdp, relation: .addOrRemoveOne
      ) { _ in .nonPrivate }
    }
    guard case .targetOutOfReach(1, 1e-5, _, .infinity) = tooMany else {
      Issue.record("wrong error: \(String(describing: tooMany))")
      return
    }
    let none = #expect(throws: AccountingError.self) {
      try Calibration.noiseMultiplier(
        targetEpsilon: 1, delta: 1e-5, accountant: .rdp, relation: .addOrRemoveOne
      ) { _ in .composed([]) }
    }
    guard case .targetMetWithoutNoise(1, 1e-5, _, 0) = none else {
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
