import Accounting
import Testing

@Suite struct FailureCountsTests {
  static let kinds = AccountantKind.allCases.filter {
    ![.pureDP, .optimalComposition].contains($0)
  }
  static let noise = PrivacyEvent.repeated(.gaussian(noiseMultiplier: 4), count: 10)

  static func spent(
    _ event: PrivacyEvent, _ kind: AccountantKind, _ relation: NeighboringRelation = .zeroOut
  ) throws -> any PrivacyAccountant {
    var accountant = kind.makeAccountant(relation: relation)
    try accountant.compose(event)
    return accountant
  }

  /// Epsilon at delta is that of the others at (delta - x) / (1 - x), with x = 1 - (1 - p)^n.
  @Test(arguments: kinds, NeighboringRelation.allCases)
  func failuresAreTakenOffDelta(kind: AccountantKind, relation: NeighboringRelation) throws {
    let others = try Self.spent(Self.noise, kind, relation)
    let all = try Self.spent(
      .composed([Self.noise, .repeated(.failure(probability: 1e-6), count: 3)]), kind, relation)
    let failing = 1 - 0.999999 * 0.999999 * 0.999999
    for delta in [3.1e-6, 1e-5, 1e-3] {
      let epsilon = try all.epsilon(atDelta: delta)
      let expected = try others.epsilon(atDelta: (delta - failing) / (1 - failing))
      #expect(abs(epsilon.upper / expected.upper - 1) < 1e-8)
      #expect(abs(epsilon.lower / expected.lower - 1) < 1e-8)
      #expect(epsilon.upper > (try others.epsilon(atDelta: delta).upper))
    }
    let delta = try all.delta(atEpsilon: 1)
    let expected = try others.delta(atEpsilon: 1)
    #expect(abs(delta.upper / (failing + (1 - failing) * expected.upper) - 1) < 1e-8)
    #expect(abs(delta.lower / (failing + (1 - failing) * expected.lower) - 1) < 1e-8)
  }

  @Test(arguments: kinds)
  func nothingIsLeftBelowTheFailures(kind: AccountantKind) throws {
    let all = try Self.spent(
      .composed([Self.noise, .repeated(.failure(probability: 1e-6), count: 3)]), kind)
    let epsilon = try all.epsilon(atDelta: 2.9e-6)
    #expect(epsilon.lower == .infinity && epsilon.upper == .infinity)
    let certain = try Self.spent(.failure(probability: 1), kind)
    #expect(try certain.epsilon(atDelta: 0.999).lower == .infinity)
    #expect(try certain.delta(atEpsilon: 100).lower > 1 - 1e-9)
  }

  /// With nothing else, delta is the probability at every epsilon.
  @Test(arguments: kinds)
  func failuresAloneAreDelta(kind: AccountantKind) throws {
    let all = try Self.spent(.failure(probability: 0.25), kind)
    #expect(try all.epsilon(atDelta: 0.26).upper == 0)
    let delta = try all.delta(atEpsilon: 3)
    #expect(abs(delta.upper - 0.25) < 1e-9 && abs(delta.lower - 0.25) < 1e-9)
  }

  /// The data themselves, shown with some probability, are such a failure.
  @Test func failuresCostWhatExposureCosts() throws {
    let exposure = PrivacyEvent.poissonSampled(.nonPrivate, samplingRate: 0.01)
    let shown = try Self.spent(.composed([Self.noise, exposure]), .pld)
    let failing = try Self.spent(.composed([Self.noise, .failure(probability: 0.01)]), .pld)
    for delta in [0.011, 0.05, 0.3] {
      let (one, other) = (try shown.epsilon(atDelta: delta), try failing.epsilon(atDelta: delta))
      #expect(abs(one.upper - other.upper) < 1e-6 && abs(one.lower - other.lower) < 1e-6)
    }
  }

  @Test(arguments: [AccountantKind.pureDP, .optimalComposition])
  func pureGuaranteesDoNotFail(kind: AccountantKind) throws {
    let event = PrivacyEvent.failure(probability: 1e-9)
    #expect(
      throws: AccountingError.unsupported(
        event: event, accountant: kind, relation: .zeroOut, reason: .failuresCostDelta)
    ) { try Self.spent(event, kind) }
  }
}
