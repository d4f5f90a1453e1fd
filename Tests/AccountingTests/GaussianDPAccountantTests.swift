import Accounting
import Foundation
import Testing
import _TestSupport

@Suite struct GaussianDPAccountantTests {
  /// delta(epsilon) at noise multiplier 1: the tables' sigma at epsilon 1 and delta 1e-5 in three
  /// rounds of sqrt(3) times the noise, which is the same release cut in three.
  @Test func precisionsAddUp() throws {
    for row in try ReferenceTable("analytic_gaussian_sigma.csv").rows {
      var accountant = GaussianDPAccountant(relation: .addOrRemoveOne)
      let noise = try row.column("noise_multiplier") * 3.0.squareRoot()
      try accountant.compose(.gaussian(noiseMultiplier: noise), count: 3)
      let (delta, reference) = (try row.column("delta"), try row.column("epsilon"))
      let epsilon = try accountant.epsilon(atDelta: delta)
      #expect(abs(epsilon.lower / reference - 1) < 1e-11)
      #expect(abs(epsilon.upper / reference - 1) < 1e-11)
      let back = try accountant.delta(atEpsilon: reference)
      #expect(abs(back.upper / delta - 1) < 1e-9)
      #expect(abs(back.lower / delta - 1) < 1e-9)
    }
  }

  @Test func replacementMovesTheSumTwiceAsFar() throws {
    var replaced = GaussianDPAccountant(relation: .replaceOne)
    try replaced.compose(.gaussian(noiseMultiplier: 2))
    for relation in [NeighboringRelation.addOrRemoveOne, .zeroOut] {
      var absent = GaussianDPAccountant(relation: relation)
      try absent.compose(.gaussian(noiseMultiplier: 1))
      #expect(try absent.epsilon(atDelta: 1e-6) == replaced.epsilon(atDelta: 1e-6))
    }
  }

  @Test func refusalsNameTheAccountantThatServes() {
    var accountant = GaussianDPAccountant(relation: .addOrRemoveOne)
    let error = #expect(throws: AccountingError.self) {
      try accountant.compose(.poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.5))
    }
    #expect(error?.description.contains("use the accountant pld") == true)
  }

  @Test func everybodyInTheCohortIsAccepted() throws {
    var plain = GaussianDPAccountant(relation: .addOrRemoveOne)
    var sampled = plain
    let event = PrivacyEvent.gaussian(noiseMultiplier: 1)
    try plain.compose(event)
    try sampled.compose(.sampledWithoutReplacement(event, cohortSize: 9, populationSize: 9))
    #expect(try plain.epsilon(atDelta: 0.01) == sampled.epsilon(atDelta: 0.01))
  }
}
