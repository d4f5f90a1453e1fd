import Testing

@testable import Accounting

@Suite struct RelationConversionTests {
  /// Pricing the event under replace-one is exact, and the chain of two steps is above it.
  @Test(arguments: [NeighboringRelation.addOrRemoveOne, .zeroOut], [0.7, 3, 20])
  func replacingIsTwoSteps(source: NeighboringRelation, noise: Double) throws {
    let event = PrivacyEvent.gaussian(noiseMultiplier: noise)
    let conversion = try RelationConversion(from: source, to: .replaceOne)
    #expect(conversion.group.size == 2)
    let converted = try conversion.epsilonUpperBound(
      of: try GroupPrivacyTests.spent(event, .gaussianDP, source), atDelta: 1e-5)
    let exact = try GroupPrivacyTests.spent(event, .gaussianDP, .replaceOne)
      .epsilonUpperBound(atDelta: 1e-5)
    #expect(exact < converted && converted < 1.5 * exact)
  }

  /// With limited losses the two agree: both double.
  @Test func pureLossesDouble() throws {
    let event = PrivacyEvent.composed([
      .laplace(noiseMultiplier: 3), .discreteLaplace(scale: 9, sensitivity: 2),
    ])
    let converted = try RelationConversion(from: .zeroOut, to: .replaceOne).epsilonUpperBound(
      of: try GroupPrivacyTests.spent(event, .pureDP, .zeroOut), atDelta: 1e-12)
    let direct = try GroupPrivacyTests.spent(event, .pureDP, .replaceOne)
      .epsilonUpperBound(atDelta: 1e-12)
    #expect(abs(converted / direct - 1) < 1e-7)
  }

  @Test(arguments: NeighboringRelation.allCases)
  func sameRelationChangesNothing(relation: NeighboringRelation) throws {
    let spent = try GroupPrivacyTests.spent(.gaussian(noiseMultiplier: 1), .rdp, relation)
    let conversion = try RelationConversion(from: relation, to: relation)
    #expect(
      try conversion.epsilonUpperBound(of: spent, atDelta: 1e-5)
        == spent.epsilonUpperBound(atDelta: 1e-5))
  }

  @Test(arguments: [
    (NeighboringRelation.replaceOne, NeighboringRelation.addOrRemoveOne),
    (.replaceOne, .zeroOut), (.addOrRemoveOne, .zeroOut), (.zeroOut, .addOrRemoveOne),
  ])
  func otherConversionsAreRefused(source: NeighboringRelation, target: NeighboringRelation) {
    #expect(throws: AccountingError.relationsUnrelated(source: source, target: target)) {
      try RelationConversion(from: source, to: target)
    }
  }

  @Test func accountantsMustBeOfTheSource() throws {
    let spent = try GroupPrivacyTests.spent(.gaussian(noiseMultiplier: 1), .rdp, .zeroOut)
    let conversion = try RelationConversion(from: .addOrRemoveOne, to: .replaceOne)
    #expect(throws: AccountingError.relationsUnrelated(source: .zeroOut, target: .replaceOne)) {
      try conversion.epsilonUpperBound(of: spent, atDelta: 1e-5)
    }
  }
}
