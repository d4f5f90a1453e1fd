import Accounting
import Testing

@Suite struct LocalGaussianTests {
  /// Whoever takes part in a round sends one Gaussian release.
  @Test(arguments: [NeighboringRelation.zeroOut, .replaceOne], AccountantKind.allCases)
  func oneReportIsOneGaussianRelease(relation: NeighboringRelation, kind: AccountantKind) throws {
    var (local, central) = (
      kind.makeAccountant(relation: relation), kind.makeAccountant(relation: relation)
    )
    guard (try? central.compose(.gaussian(noiseMultiplier: 3), count: 7)) != nil else {
      #expect(throws: AccountingError.self) {
        try local.compose(.localGaussian(noiseMultiplier: 3), count: 7)
      }
      return
    }
    try local.compose(.localGaussian(noiseMultiplier: 3), count: 7)
    #expect(try local.epsilon(atDelta: 1e-5) == central.epsilon(atDelta: 1e-5))
  }

  @Test func whoSendsIsVisible() throws {
    let report = PrivacyEvent.localGaussian(noiseMultiplier: 3)
    let cases: [(PrivacyEvent, NeighboringRelation, UnsupportedReason)] = [
      (report, .addOrRemoveOne, .reportsShowPresence),
      (.poissonSampled(report, samplingRate: 0.5), .zeroOut, .reportsShowTheCohort),
      (
        .poissonSampled(.composed([.gaussian(noiseMultiplier: 1), report]), samplingRate: 0.5),
        .zeroOut, .reportsShowTheCohort
      ),
      (
        .sampledWithoutReplacement(report, cohortSize: 1, populationSize: 2), .replaceOne,
        .reportsShowTheCohort
      ),
    ]
    for (event, relation, reason) in cases {
      var accountant = RenyiAccountant(relation: relation)
      #expect(
        throws: AccountingError.unsupported(
          event: event, accountant: .rdp, relation: relation, reason: reason)
      ) { try accountant.compose(event) }
    }
    #expect(PrivacyEvent.takingTurns(.composed([report]), unitCount: 3).showsTheCohort)
    #expect(!PrivacyEvent.repeated(.gaussian(noiseMultiplier: 1), count: 3).showsTheCohort)
  }

  /// In a public order each unit sends when it has its turn.
  @Test func turnsAreNoAmplificationAndAllowed() throws {
    var turns = GaussianDPAccountant(relation: .zeroOut)
    var reports = GaussianDPAccountant(relation: .zeroOut)
    try turns.compose(.takingTurns(.localGaussian(noiseMultiplier: 3), unitCount: 4), count: 9)
    try reports.compose(.gaussian(noiseMultiplier: 3), count: 3)
    #expect(try turns.epsilon(atDelta: 1e-5) == reports.epsilon(atDelta: 1e-5))
  }
}
