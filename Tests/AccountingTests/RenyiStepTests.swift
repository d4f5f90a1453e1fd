import Foundation
import Testing

@testable import Accounting

@Suite struct RenyiStepTests {
  private static let events: [PrivacyEvent] = [
    .gaussian(noiseMultiplier: 2), .laplace(noiseMultiplier: 3),
    .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.01),
    .composed([.gaussian(noiseMultiplier: 4), .repeated(.laplace(noiseMultiplier: 9), count: 3)]),
  ]

  @Test(arguments: events)
  func divergencesAreTheAccountants(event: PrivacyEvent) throws {
    var accountant = RenyiAccountant(relation: .addOrRemoveOne)
    try accountant.compose(event, count: 7)
    let step = try RenyiStep(event, count: 7, relation: .addOrRemoveOne)
    for order in [1.0625, 2, 6.75, 100] {
      #expect(step.divergence(atOrder: order) == (try accountant.divergence(atOrder: order)))
    }
    let epsilon = try RenyiStep.epsilon(ofFixed: [step], atDelta: 1e-6)
    let least = try accountant.epsilonUpperBound(atDelta: 1e-6)
    // The orders are others.
    #expect(abs(epsilon / least - 1) < 2e-3, "\(epsilon) \(least)")
  }

  /// A divergence says nothing about what fails; nor is there one where the accountant has no theorem.
  @Test func whatHasNoDivergenceIsRefused() {
    let failing = PrivacyEvent.composed([
      .gaussian(noiseMultiplier: 1), .failure(probability: 1e-9),
    ])
    #expect(
      throws: AccountingError.unsupported(
        event: failing, accountant: .rdp, relation: .zeroOut, reason: .failuresInsideOfFilter)
    ) { try RenyiStep(failing, relation: .zeroOut) }
    #expect(throws: AccountingError.self) {
      try RenyiStep(
        .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.1), relation: .replaceOne)
    }
  }

  @Test func aReleaseWithoutNoiseIsAdmittedByNoFilter() throws {
    let step = try RenyiStep(.nonPrivate, relation: .addOrRemoveOne)
    let filter = try RenyiFilter(epsilon: 1e6, delta: 0.5, order: 2)
    #expect(!filter.admits([step.divergence(atOrder: filter.order)]))
    #expect(try RenyiStep.epsilon(ofFixed: [step], atDelta: 0.5) == .infinity)
  }
}
