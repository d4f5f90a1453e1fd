import Testing

@testable import Accounting

@Suite struct EventReductionTests {
  static func mechanisms(
    _ event: PrivacyEvent, _ relation: NeighboringRelation, count: Int = 1
  ) throws -> [MechanismCounts.Entry] {
    try EventReduction(accountant: .rdp, relation: relation)
      .mechanisms(in: event, count: count).entries
  }

  static func entry(_ mechanism: Mechanism, _ count: Int = 1) -> MechanismCounts.Entry {
    MechanismCounts.Entry(mechanism: mechanism, count: count)
  }

  /// A replaced unit takes its old value away and brings a new one.
  @Test(arguments: NeighboringRelation.allCases)
  func distancesDoubleUnderReplaceOne(relation: NeighboringRelation) throws {
    let factor = relation == .replaceOne ? 2 : 1
    #expect(
      try Self.mechanisms(
        .composed([
          .gaussian(noiseMultiplier: 0.5), .laplace(noiseMultiplier: 0.5),
          .discreteGaussian(standardDeviation: 3, sensitivity: 1 << 31),
          .discreteLaplace(scale: 3, sensitivity: 5),
        ]), relation, count: 7) == [
          Self.entry(.noise(.gaussian(precision: 4 * Double(factor * factor))), 7),
          Self.entry(.noise(.laplace(noiseMultiplier: 0.5 / Double(factor))), 7),
          Self.entry(
            .noise(.discreteGaussian(standardDeviation: 3, sensitivity: factor << 31)), 7),
          Self.entry(.noise(.discreteLaplace(scale: 3, sensitivity: 5 * factor)), 7),
        ])
  }

  @Test(arguments: [NeighboringRelation.addOrRemoveOne, .zeroOut])
  func oneAnswerOfAnyNoiseSurvivesPoissonSampling(relation: NeighboringRelation) throws {
    let noises: [(PrivacyEvent, AdditiveNoise)] = [
      (.gaussian(noiseMultiplier: 0.5), .gaussian(precision: 4)),
      (.laplace(noiseMultiplier: 0.5), .laplace(noiseMultiplier: 0.5)),
      (
        .discreteGaussian(standardDeviation: 3, sensitivity: 2),
        .discreteGaussian(standardDeviation: 3, sensitivity: 2)
      ),
      (.discreteLaplace(scale: 3, sensitivity: 2), .discreteLaplace(scale: 3, sensitivity: 2)),
    ]
    for (event, noise) in noises {
      let nothing = PrivacyEvent.repeated(.laplace(noiseMultiplier: 1), count: 0)
      let sampled = PrivacyEvent.poissonSampled(.composed([nothing, event]), samplingRate: 0.25)
      #expect(
        try Self.mechanisms(sampled, relation, count: 3) == [
          Self.entry(.poissonSampled(noise, samplingRate: 0.25), 3)
        ])
    }
  }

  @Test func reportsHaveANeighborWhereTheyStay() throws {
    let event = PrivacyEvent.randomizedResponse(noiseParameter: 0.25, bucketCount: 3)
    for (relation, neighbor) in [
      (NeighboringRelation.replaceOne, RandomizedResponse.Neighbor.anotherBucket),
      (.zeroOut, .uniformReport),
    ] {
      #expect(
        try Self.mechanisms(.repeated(event, count: 9), relation) == [
          Self.entry(
            .randomizedResponse(
              RandomizedResponse(noiseParameter: 0.25, bucketCount: 3, neighbor: neighbor)), 9)
        ])
    }
  }
}
