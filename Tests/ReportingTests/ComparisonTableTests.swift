import Accounting
import Reporting
import Testing

@Suite struct ComparisonTableTests {
  /// The exact epsilon is 1 (the analytic Gaussian mechanism, Balle & Wang 2018).
  @Test func theTightestComesFirstWithAllThatItIsAbout() throws {
    let comparison = try AccountantComparison(
      of: .gaussian(noiseMultiplier: 3.7306316348159418), atDelta: 1e-5, unit: .example,
      relation: .zeroOut)
    let lines = ComparisonTable(comparison).description.split(separator: "\n")
    #expect(lines[0].split(separator: " ") == ["accountant", "epsilon", "excess", "order"])
    let exact = lines.first { $0.hasPrefix("gaussian-dp") }
    #expect(
      exact?.split(separator: " ") == ["gaussian-dp", "<=", "1.001", "0.01", "%", "-"],
      "\(lines)")
    let uppers = lines.dropFirst().compactMap { line in
      line.firstMatch(of: /<= ([0-9.]+)/).flatMap { Double($0.1) }
    }
    #expect(uppers.count >= 2 && uppers == uppers.sorted())
    #expect(
      lines.contains(
        "epsilon: upper bound, rounded up, at delta = 1e-05; unit: example; neighbors: zero-out; "
          + "sampling: full-participation"))
    #expect(lines[lines.count - 1].hasPrefix("excess: over epsilon >= 0.9999, the lower bound by "))
  }

  /// mu = 0.01 sqrt(1000 (e - 1)) = 0.414522, and N(0, 1) against N(mu, 1) has delta 1e-5 at epsilon
  /// 1.617712 (mpmath 1.4.1: findroot of Balle & Wang's Theorem 8).
  @Test func estimatesAreNotBounds() throws {
    let comparison = try AccountantComparison(
      of: .repeated(
        .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.01), count: 1000),
      atDelta: 1e-5, unit: .client, relation: .addOrRemoveOne)
    let table = ComparisonTable(comparison).description
    #expect(table.contains("central limit: about 1.618, an estimate, not a bound"))
    #expect(!table.contains("gaussian-dp-clt"))
  }

  @Test func refusalsSayWhy() throws {
    let comparison = try AccountantComparison(
      of: .poissonSampled(.gaussian(noiseMultiplier: 2), samplingRate: 0.1), atDelta: 1e-5,
      unit: .client, relation: .replaceOne)
    let table = ComparisonTable(comparison).description
    #expect(table.contains("rdp cannot: Poisson sampling is amplified under add-or-remove-one and"))
  }

  @Test func noBoundIsSaidAsInfinity() throws {
    let comparison = try AccountantComparison(
      of: .nonPrivate, atDelta: 1e-5, unit: .client, relation: .addOrRemoveOne)
    let table = ComparisonTable(comparison).description
    #expect(table.contains("<= infinity       -"))
    #expect(!table.contains("nan"))
  }
}
