import Accounting
import Testing

@Suite struct AnyOfTests {
  private func epsilon(
    _ event: PrivacyEvent, by kind: AccountantKind = .rdp, delta: Double = 1e-5
  ) throws -> Double {
    var accountant = kind.makeAccountant(relation: .addOrRemoveOne)
    try accountant.compose(event)
    return try accountant.epsilonUpperBound(atDelta: delta)
  }

  static let rare = PrivacyEvent.repeated(
    .poissonSampled(.gaussian(noiseMultiplier: 0.6), samplingRate: 1e-3), count: 2000)
  static let plain = PrivacyEvent.gaussian(noiseMultiplier: 3)

  /// Where one has the larger divergence at every order, it alone counts.
  @Test func costsTheDearest() throws {
    let events = [8.0, 2, 3].map { PrivacyEvent.gaussian(noiseMultiplier: $0) }
    #expect(abs(try epsilon(.anyOf(events)) / epsilon(events[1]) - 1) < 1e-8)
  }

  @Test(arguments: [1e-3, 1e-5, 1e-9])
  func isBetweenTheDearestAndTheSum(delta: Double) throws {
    let both = try epsilon(.anyOf([Self.rare, Self.plain]), delta: delta)
    let single = [try epsilon(Self.rare, delta: delta), try epsilon(Self.plain, delta: delta)]
    #expect(both >= single.max()!)
    #expect(both < (try epsilon(.composed([Self.rare, Self.plain]), delta: delta)))
  }

  /// Equal ones are one, for every accountant.
  @Test(arguments: [AccountantKind.pld, .rdp, .gaussianDP, .zcdp])
  func equalOnesAreOne(kind: AccountantKind) throws {
    let thrice = PrivacyEvent.anyOf([Self.plain, .composed([]), Self.plain, Self.plain])
    #expect(try epsilon(thrice, by: kind) == epsilon(Self.plain, by: kind))
  }

  @Test func pureLossesAreTheLargest() throws {
    let events = [2.0, 0.5, 1].map { PrivacyEvent.laplace(noiseMultiplier: $0) }
    #expect(abs(try epsilon(.anyOf(events), by: .pureDP) - 2) < 1e-9)
  }

  @Test func groupsCanBeInSeveralParts() throws {
    #expect(try PrivacyEvent.anyOf([Self.plain, Self.rare]).forGroup(of: 2) == nil)
    let selected = PrivacyEvent.repeatAndSelect(Self.plain, repetitions: .poisson(mean: 4))
    #expect(
      try selected.forGroup(of: 3)
        == .repeatAndSelect(.gaussian(noiseMultiplier: 1), repetitions: .poisson(mean: 4)))
  }
}
