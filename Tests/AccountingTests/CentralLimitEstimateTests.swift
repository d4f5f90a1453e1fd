import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct CentralLimitEstimateTests {
  /// mu = q sqrt(T (e^(1 / z^2) - 1)), then the Gaussian trade-off at mu.
  @Test func muIsInClosedForm() throws {
    let estimate = try CentralLimitEstimate(
      noiseMultiplier: 1, samplingRate: 0.01, rounds: 10_000)
    #expect(abs(estimate.mu - 1.310832) < 1e-6)  // sqrt(e - 1)
    let full = try CentralLimitEstimate(noiseMultiplier: 1000, samplingRate: 1, rounds: 1_000_000)
    #expect(abs(full.mu - 1) < 1e-6)
    // Balle & Wang 2018: epsilon 4.377 at mu 1 and delta 1e-5.
    #expect(abs(try full.estimatedEpsilon(atDelta: 1e-5) - 4.3770) < 1e-3)
    #expect(abs(try full.estimatedDelta(atEpsilon: 4.3770) / 1e-5 - 1) < 1e-2)
  }

  /// The estimate is below the optimistic end of privacy loss distributions, and so below the truth,
  /// in most settings.
  @Test func theEstimateIsNoBound() throws {
    let rows = try ReferenceTable("pld_epsilon.csv").rows.filter { $0["sampling_rate"] != 1 }
    let tooLow = try rows.filter { row in
      let estimate = try CentralLimitEstimate(
        noiseMultiplier: try row.column("noise_multiplier"),
        samplingRate: try row.column("sampling_rate"), rounds: Int(try row.column("rounds")))
      let epsilon = try estimate.estimatedEpsilon(atDelta: try row.column("delta"))
      return epsilon < (try row.column("optimistic"))
    }
    #expect(2 * tooLow.count > rows.count)
  }

  @Test func badNumbersAreRefused() {
    #expect(
      throws: AccountingError.outOfRange(
        argument: "sampling_rate", given: 0, allowed: .probabilityAboveZero)
    ) { try CentralLimitEstimate(noiseMultiplier: 1, samplingRate: 0, rounds: 1) }
    #expect(
      throws: AccountingError.countOutOfRange(argument: "rounds", given: 0, allowed: 1...1 << 53)
    ) { try CentralLimitEstimate(noiseMultiplier: 1, samplingRate: 0.1, rounds: 0) }
    #expect(
      throws: AccountingError.outOfRange(argument: "delta", given: 1, allowed: .openUnitInterval)
    ) {
      try CentralLimitEstimate(noiseMultiplier: 1, samplingRate: 0.1, rounds: 3)
        .estimatedEpsilon(atDelta: 1)
    }
  }
}
