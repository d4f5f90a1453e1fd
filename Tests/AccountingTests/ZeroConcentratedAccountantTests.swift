import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct ZeroConcentratedAccountantTests {
  @Test func epsilonIsLeastOverAllOrders() throws {
    for row in try ReferenceTable("zcdp_epsilon.csv").rows {
      let (delta, reference) = (try row.column("delta"), try row.column("epsilon"))
      let concentration = ZeroConcentration(rho: try row.column("rho"))
      let value = concentration.epsilon(delta: delta)
      // Total variation may do better where epsilon is next to nothing.
      #expect(value <= reference * (1 + 1e-6), "\(row): \(value)")
      #expect(value >= reference || value == 0, "\(row): \(value)")
      if value > 0 {
        #expect(abs(concentration.delta(epsilon: value) / delta - 1) < 1e-9, "\(row)")
      }
    }
  }

  /// 1 / 2z^2, Delta^2 / 2 sigma^2 and epsilon tanh(epsilon / 2) add up, all with doubled distances
  /// under replace-one.
  @Test(arguments: NeighboringRelation.allCases)
  func parametersAddUp(relation: NeighboringRelation) throws {
    var accountant = ZeroConcentratedAccountant(relation: relation)
    try accountant.compose(.gaussian(noiseMultiplier: 2), count: 3)
    try accountant.compose(.discreteGaussian(standardDeviation: 10, sensitivity: 4))
    try accountant.compose(.laplace(noiseMultiplier: 5), count: 2)
    try accountant.compose(.discreteLaplace(scale: 20, sensitivity: 3))
    let distance = relation == .replaceOne ? 2.0 : 1
    func limited(_ loss: Double) -> Double { loss * distance * tanh(loss * distance / 2) }
    let gaussian = (3.0 / 8 + 0.16 / 2) * distance * distance
    let rho = gaussian + 2 * limited(0.2) + limited(0.15)
    #expect(abs(accountant.rho / rho - 1) < 1e-9)
  }

  /// Against the divergences themselves.
  @Test func limitedLossesHaveTheLeastParameterOfReports() throws {
    for row in try ReferenceTable("randomized_response_rdp.csv").rows {
      for (relation, column) in [
        (NeighboringRelation.replaceOne, "replace_one"), (.zeroOut, "zero_out"),
      ] {
        var accountant = ZeroConcentratedAccountant(relation: relation)
        try accountant.compose(
          .randomizedResponse(
            noiseParameter: try row.column("noise_parameter"),
            bucketCount: Int(try row.column("bucket_count"))))
        let (order, divergence) = (try row.column("order"), try row.column(column))
        #expect(order * accountant.rho >= divergence, "\(row)")
        if order == 1.01, relation == .replaceOne, try row.column("bucket_count") == 2 {
          #expect(order * accountant.rho <= divergence * 1.02 + 1e-50, "\(row)")
        }
      }
    }
  }

  @Test func sampledCohortsAreRefused() {
    let event = PrivacyEvent.poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.5)
    var accountant = ZeroConcentratedAccountant(relation: .addOrRemoveOne)
    #expect(
      throws: AccountingError.unsupported(
        event: event, accountant: .zcdp, relation: .addOrRemoveOne,
        reason: .concentrationIsNotAmplified)
    ) { try accountant.compose(event) }
  }
}
