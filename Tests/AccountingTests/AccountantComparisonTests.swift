import Accounting
import Testing

@Suite struct AccountantComparisonTests {
  private func compare(
    _ event: PrivacyEvent, relation: NeighboringRelation = .addOrRemoveOne
  ) throws -> AccountantComparison {
    try AccountantComparison(of: event, atDelta: 1e-5, unit: .client, relation: relation)
  }

  /// The exact epsilon is 1 (analytic_gaussian_sigma.csv), so every upper bound's excess is what it
  /// has above 1.
  @Test func excessIsOverTheGreatestLowerBound() throws {
    let comparison = try compare(.gaussian(noiseMultiplier: 3.7306316348159418))
    #expect(comparison.rows.map(\.accountant) == AccountantKind.allCases)
    let lower = try #require(comparison.greatestLower)
    #expect(abs(lower.epsilon - 1) < 1e-9)
    for row in comparison.rows {
      guard case .success(let guarantee) = row.answer else { continue }
      let excess = try #require(comparison.excess(of: guarantee))
      #expect(abs(excess - (guarantee.epsilon.upper - 1)) < 1e-9)
      #expect(excess > -1e-12)
      if row.accountant == .gaussianDP { #expect(excess < 1e-9) }
      if row.accountant == .rdp { #expect(try #require(row.order) > 1) }
    }
  }

  @Test func refusalsKeepTheirReason() throws {
    let comparison = try compare(
      .poissonSampled(.gaussian(noiseMultiplier: 2), samplingRate: 0.1), relation: .replaceOne)
    let row = try #require(comparison.rows.first { $0.accountant == .rdp })
    guard case .failure(.unsupported(_, .rdp, .replaceOne, .poissonNeedsAddOrRemove)) = row.answer
    else {
      Issue.record("not refused: \(row)")
      return
    }
    #expect(row.order == nil)
  }

  @Test(arguments: [PrivacyEvent.composed([]), .nonPrivate])
  func sharesOfZeroAndInfinitySayNothing(event: PrivacyEvent) throws {
    let comparison = try compare(event)
    for row in comparison.rows {
      guard case .success(let guarantee) = row.answer else { continue }
      #expect(comparison.excess(of: guarantee) == nil)
    }
  }

  @Test func numbersOutOfRangeAreErrorsAndNotRows() {
    #expect(throws: AccountingError.self) { try compare(.gaussian(noiseMultiplier: -1)) }
    #expect(throws: AccountingError.self) {
      try AccountantComparison(
        of: .nonPrivate, atDelta: 1, unit: .client, relation: .addOrRemoveOne)
    }
  }
}
