import Testing

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

  /// 1 / 2z^2, Delta^2 / 2 sigma^2 and epsilon^2 / 2 add up, all with doubled distances under
  /// replace-one.
  @Test(arguments: NeighboringRelation.allCases)
  func parametersAddUp(relation: NeighboringRelation) throws {
    var accountant = ZeroConcentratedAccountant(relation: relation)
    try accountant.compose(.gaussian(noiseMultiplier: 2), count: 3)
    try accountant.compose(.discreteGaussian(standardDeviation: 10, sensitivity: 4))
    try accountant.compose(.laplace(noiseMultiplier: 5), count: 2)
    try accountant.compose(.discreteLaplace(scale: 20, sensitivity: 3))
    let rho = 3.0 / 8 + 0.16 / 2 + 2 * 0.04 / 2 + 0.0225 / 2
    let factor = relation == .replaceOne ? 4.0 : 1
    #expect(abs(accountant.rho / (factor * rho) - 1) < 1e-9)
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
