import Accounting
import Testing
import _TestSupport

@Suite struct AccountantContractTests {
  static let laplace = PrivacyEvent.laplace(noiseMultiplier: 1)

  static func poisson(_ noise: Double, _ rate: Double) -> PrivacyEvent {
    .poissonSampled(.gaussian(noiseMultiplier: noise), samplingRate: rate)
  }

  static func withoutReplacement(_ noise: Double, _ rate: Double) -> PrivacyEvent {
    .sampledWithoutReplacement(
      .gaussian(noiseMultiplier: noise), cohortSize: max(1, Int(rate * 1e6)),
      populationSize: 1_000_000)
  }

  static func renyi(_ relation: NeighboringRelation) -> AccountantContract {
    let replaces = relation == .replaceOne
    let neverSupported: [PrivacyEvent] = [
      .poissonSampled(.repeated(laplace, count: 2), samplingRate: 0.5),
      .sampledWithoutReplacement(
        .composed([laplace, .gaussian(noiseMultiplier: 1)]), cohortSize: 1, populationSize: 2),
      .poissonSampled(
        .randomizedResponse(noiseParameter: 0.5, bucketCount: 2), samplingRate: 0.5),
      .poissonSampled(poisson(1, 0.5), samplingRate: 0.5),
    ]
    return AccountantContract(
      accountant: RenyiAccountant(relation: relation),
      event: replaces ? withoutReplacement : poisson,
      samplingRates: [1e-6, 0.01, 0.2, 0.999999, 1],
      unsupported: neverSupported + [replaces ? poisson(1, 0.5) : withoutReplacement(1, 0.5)])
  }

  static func gaussianDP(_ relation: NeighboringRelation) -> AccountantContract {
    AccountantContract(
      accountant: GaussianDPAccountant(relation: relation),
      event: poisson, samplingRates: [1],
      unsupported: [laplace, poisson(1, 0.5), withoutReplacement(1, 0.5)])
  }

  @Test(arguments: AccountantContract.Law.allCases, NeighboringRelation.allCases)
  func renyiAccountantKeepsTheContract(
    law: AccountantContract.Law, relation: NeighboringRelation
  ) throws {
    #expect(try Self.renyi(relation).violations(of: law) == [])
  }

  @Test(arguments: AccountantContract.Law.allCases, NeighboringRelation.allCases)
  func gaussianDPAccountantKeepsTheContract(
    law: AccountantContract.Law, relation: NeighboringRelation
  ) throws {
    #expect(try Self.gaussianDP(relation).violations(of: law) == [])
  }

  @Test(arguments: NeighboringRelation.allCases, [0.3, 1, 4, 100])
  func accountantsAgree(relation: NeighboringRelation, noise: Double) throws {
    for delta in [1e-12, 1e-5, 0.1] {
      for rounds in [1, 50] {
        let contradictions = try AccountantContract.contradictions(
          among: AccountantKind.allCases.map { $0.makeAccountant(relation: relation) },
          about: .repeated(.gaussian(noiseMultiplier: noise), count: rounds), delta: delta)
        #expect(contradictions == [])
      }
    }
  }

  /// The contract would notice an accountant that halves every bill.
  @Test func contractCatchesABrokenAccountant() throws {
    let contract = AccountantContract(
      accountant: ForgetfulAccountant(), event: Self.poisson, samplingRates: [1],
      unsupported: [Self.laplace])
    #expect(try contract.violations(of: .moreRoundsCostMore) != [])
    #expect(try contract.violations(of: .refusalChangesNothing) != [])
    #expect(try contract.violations(of: .noNoiseHasNoBound) != [])
  }
}

/// Forgets what it has seen after eight runs, and refuses nothing.
private struct ForgetfulAccountant: PrivacyAccountant {
  let kind = AccountantKind.rdp
  let relation = NeighboringRelation.addOrRemoveOne
  var count = 0

  mutating func compose(_ event: PrivacyEvent, count: Int) { self.count = (self.count + count) % 8 }

  func epsilon(atDelta delta: Double) throws(AccountingError) -> PrivacyBound {
    try PrivacyBound(lower: 0, upper: Double(count))
  }

  func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try PrivacyBound(lower: 0, upper: 1)
  }
}
