import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct GroupPrivacyTests {
  static func spent(
    _ event: PrivacyEvent, _ kind: AccountantKind, _ relation: NeighboringRelation = .addOrRemoveOne
  ) throws -> any PrivacyAccountant {
    var accountant = kind.makeAccountant(relation: relation)
    try accountant.compose(event)
    return accountant
  }

  /// delta (1 + e^epsilon + … + e^((size - 1) epsilon)).
  @Test(arguments: [(1, 0.5), (2, 1), (3, 0), (5, 0.1), (4, 1e-300)])
  func deltaIsTheGeometricSum(size: Int, epsilon: Double) throws {
    let sum = (0..<size).reduce(0) { $0 + exp(Double($1) * epsilon) }
    let delta = try GroupPrivacy(size: size)
      .delta(ofGroupWhereOneUnitHasEpsilon: epsilon, delta: 1e-6)
    #expect(abs(delta / (1e-6 * sum) - 1) < 1e-8)
    #expect(delta >= 1e-6 * sum)
  }

  @Test func deltaStaysAProbability() throws {
    let many = try GroupPrivacy(size: 1000)
    #expect(try many.delta(ofGroupWhereOneUnitHasEpsilon: 1, delta: 0) == 0)
    #expect(try many.delta(ofGroupWhereOneUnitHasEpsilon: 1, delta: 1e-9) == 1)
    #expect(
      try many.delta(ofGroupWhereOneUnitHasEpsilon: 1e300, delta: .leastNonzeroMagnitude) == 1)
  }

  @Test(arguments: [2, 10])
  func pureLossesMultiply(size: Int) throws {
    let spent = try Self.spent(.laplace(noiseMultiplier: 4), .pureDP)
    let group = try GroupPrivacy(size: size)
    let epsilon = try group.epsilonUpperBound(of: spent, atDelta: 1e-9)
    #expect(abs(epsilon - 0.25 * Double(size)) < 1e-6)
    let event = try #require(try PrivacyEvent.laplace(noiseMultiplier: 4).forGroup(of: size))
    let exact = try Self.spent(event, .pureDP).epsilonUpperBound(atDelta: 1e-9)
    #expect(abs(exact - 0.25 * Double(size)) < 1e-9)
  }

  /// A group of k moves a sum k times as far, so that k times the noise of one unit is as private.
  @Test(arguments: [2, 7])
  func gaussianGroupsAreExact(size: Int) throws {
    let group = try GroupPrivacy(size: size)
    for row in try ReferenceTable("analytic_gaussian_sigma.csv").rows {
      let noise = Double(size) * (try row.column("noise_multiplier"))
      let (delta, epsilon) = (try row.column("delta"), try row.column("epsilon"))
      let one = PrivacyEvent.gaussian(noiseMultiplier: noise)
      let event = try #require(try one.forGroup(of: size))
      let exact = try Self.spent(event, .gaussianDP).epsilonUpperBound(atDelta: delta)
      #expect(abs(exact - epsilon) < 1e-9)
      let converted = try group.epsilonUpperBound(
        of: try Self.spent(one, .gaussianDP), atDelta: delta)
      #expect(converted > exact)
    }
  }

  @Test func eventsGrowPartByPart() throws {
    let report = PrivacyEvent.randomizedResponse(noiseParameter: 0.5, bucketCount: 2)
    let event = PrivacyEvent.composed([
      .repeated(.discreteGaussian(standardDeviation: 5, sensitivity: 2), count: 4),
      .poissonSampled(.discreteLaplace(scale: 5, sensitivity: 1), samplingRate: 1),
      .sampledWithoutReplacement(report, cohortSize: 9, populationSize: 9), .nonPrivate,
    ])
    #expect(
      try event.forGroup(of: 3)
        == .composed([
          .repeated(.discreteGaussian(standardDeviation: 5, sensitivity: 6), count: 4),
          .discreteLaplace(scale: 5, sensitivity: 3), .repeated(report, count: 3), .nonPrivate,
        ]))
    let sampled = PrivacyEvent.poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.5)
    #expect(try PrivacyEvent.composed([event, sampled]).forGroup(of: 3) == nil)
    #expect(try PrivacyEvent.takingTurns(event, unitCount: 5).forGroup(of: 2) == nil)
    #expect(
      try PrivacyEvent.failure(probability: 0.1).forGroup(of: 2) == .failure(probability: 0.1))
  }

  /// Sampled rounds have the general bound alone, which grows with the group.
  @Test func sampledRoundsHaveTheGeneralBound() throws {
    let round = PrivacyEvent.poissonSampled(.gaussian(noiseMultiplier: 4), samplingRate: 0.01)
    let spent = try Self.spent(.repeated(round, count: 1000), .rdp)
    let epsilons = try [1, 2, 4].map {
      try GroupPrivacy(size: $0).epsilonUpperBound(of: spent, atDelta: 1e-5)
    }
    #expect(try epsilons[0] == spent.epsilonUpperBound(atDelta: 1e-5))
    #expect(epsilons[1] > 2 * epsilons[0] && epsilons[2] > 2 * epsilons[1])
    #expect(epsilons[2].isFinite)
  }

  @Test func exposedGroupsHaveNoBound() throws {
    let spent = try Self.spent(.nonPrivate, .rdp)
    #expect(try GroupPrivacy(size: 2).epsilonUpperBound(of: spent, atDelta: 0.5) == .infinity)
  }

  @Test func badNumbersAreRefused() throws {
    #expect(
      throws: AccountingError.countOutOfRange(
        argument: "group_size", given: 0, allowed: 1...1 << 31)
    ) { try GroupPrivacy(size: 0) }
    #expect(
      throws: AccountingError.outOfRange(argument: "delta", given: 1.5, allowed: .unitInterval)
    ) { try GroupPrivacy(size: 2).delta(ofGroupWhereOneUnitHasEpsilon: 1, delta: 1.5) }
    #expect(
      throws: AccountingError.countOutOfRange(
        argument: "sensitivity", given: 1 << 32, allowed: 1...1 << 31)
    ) {
      try PrivacyEvent.discreteLaplace(scale: 1, sensitivity: 1 << 31).forGroup(of: 2)
    }
  }
}
