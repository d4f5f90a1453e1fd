import Accounting
import Testing

struct PrivacyLossSeriesTests {
  @Test func agreesWithOneByOne() throws {
    let counts = [1, 2, 3, 30, 31, 40, 100, 400]
    let events = counts.map {
      PrivacyEvent.repeated(
        .poissonSampled(.gaussian(noiseMultiplier: 2), samplingRate: 0.1), count: $0)
    }
    try expectAgreement(events)
  }

  @Test func keepsTheOrderOfItsEvents() throws {
    let release = PrivacyEvent.poissonSampled(.gaussian(noiseMultiplier: 2), samplingRate: 0.1)
    let events = [50, 10, 40].map { PrivacyEvent.repeated(release, count: $0) }
    let bounds = try series(events)
    #expect(bounds[1].upper < bounds[2].lower && bounds[2].upper < bounds[0].lower)
  }

  @Test func pricesWhatSharesNothing() throws {
    let sampled = PrivacyEvent.poissonSampled(.gaussian(noiseMultiplier: 2), samplingRate: 0.1)
    try expectAgreement([
      .nonPrivate, .composed([]), .gaussian(noiseMultiplier: 3), sampled,
      .composed([.repeated(sampled, count: 20), .gaussian(noiseMultiplier: 3)]),
      .repeated(.laplace(noiseMultiplier: 4), count: 7),
    ])
  }

  @Test func refusesDelta() {
    #expect(throws: AccountingError.self) {
      try PrivacyLossAccountant.epsilons(of: [], atDelta: 0, relation: .addOrRemoveOne)
    }
  }

  private func expectAgreement(_ events: [PrivacyEvent]) throws {
    for (event, bound) in zip(events, try series(events)) {
      var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
      try accountant.compose(event)
      let alone = try accountant.epsilon(atDelta: 1e-5)
      #expect(bound.lower <= alone.upper && alone.lower <= bound.upper)
      #expect(bound.upper == alone.upper || bound.upper - bound.lower <= 1e-3 * bound.lower)
    }
  }

  private func series(_ events: [PrivacyEvent]) throws -> [PrivacyBound] {
    let bounds = try PrivacyLossAccountant.epsilons(
      of: events, atDelta: 1e-5, relation: .addOrRemoveOne)
    #expect(bounds.count == events.count)
    return bounds
  }
}
