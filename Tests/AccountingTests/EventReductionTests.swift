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

  /// Takes minutes where each event costs as much as all before it.
  @Test func manyEventsOfDifferentNoiseAreCounted() throws {
    let count = 50_000
    let events = (1...count).map { PrivacyEvent.laplace(noiseMultiplier: Double($0)) }
    let found = try Self.mechanisms(.composed(events + events), .addOrRemoveOne)
    #expect(
      found
        == (1...count).map { Self.entry(.noise(.laplace(noiseMultiplier: Double($0))), 2) })
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

  /// The number of turns is counted over everything before it is divided.
  @Test(arguments: [(1, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
  func turnsAreCountedTogether(releases: Int, turns: Int) throws {
    let turn = PrivacyEvent.takingTurns(
      .composed([.gaussian(noiseMultiplier: 0.5), .laplace(noiseMultiplier: 2)]), unitCount: 4)
    let expected = [
      Self.entry(.noise(.gaussian(precision: 4)), turns),
      Self.entry(.noise(.laplace(noiseMultiplier: 2)), turns),
    ]
    #expect(try Self.mechanisms(turn, .zeroOut, count: releases) == expected)
    #expect(try Self.mechanisms(.repeated(turn, count: releases), .zeroOut) == expected)
    let reduction = EventReduction(accountant: .rdp, relation: .zeroOut)
    var oneByOne = MechanismCounts()
    for _ in 0..<releases { try oneByOne.add(reduction.mechanisms(in: turn, count: 1)) }
    #expect(oneByOne.entries == expected)
  }

  /// With A, B, A, B ... and two units, one of them has every A.
  @Test func turnsAtDifferentEventsMayBeTheSameUnits() throws {
    let (one, other) = (
      PrivacyEvent.gaussian(noiseMultiplier: 1), PrivacyEvent.gaussian(noiseMultiplier: 0.5)
    )
    func turns(_ event: PrivacyEvent, _ unitCount: Int, _ count: Int) -> PrivacyEvent {
      .repeated(.takingTurns(event, unitCount: unitCount), count: count)
    }
    func counts(_ events: [PrivacyEvent]) throws -> [Int] {
      try Self.mechanisms(.composed(events), .zeroOut).map(\.count)
    }
    #expect(try counts([turns(one, 2, 5), turns(other, 2, 5)]) == [5, 5])
    #expect(try counts([turns(one, 10, 3), turns(other, 10, 7)]) == [1, 1])
    #expect(try counts([turns(one, 10, 3), turns(other, 10, 18)]) == [3, 3])
    #expect(try counts([turns(one, 10, 1), turns(other, 10, 18)]) == [1, 2])
    #expect(try counts([turns(one, 10, 11), turns(other, 3, 7)]) == [2, 3])
    #expect(try counts([one, turns(one, 10, 11)]) == [3])
  }

  @Test func turnsAtSampledCohortsKeepTheirSampling() throws {
    let event = PrivacyEvent.poissonSampled(.gaussian(noiseMultiplier: 0.5), samplingRate: 0.25)
    #expect(
      try Self.mechanisms(.takingTurns(event, unitCount: 4), .zeroOut, count: 9) == [
        Self.entry(.poissonSampled(.gaussian(precision: 4), samplingRate: 0.25), 3)
      ])
  }

  /// Failing is not amplified by sampling, and in turns it is charged like all else.
  @Test func failuresAreCountedWhereverTheyAre() throws {
    let event = PrivacyEvent.composed([.gaussian(noiseMultiplier: 1), .failure(probability: 0.25)])
    let reduction = EventReduction(accountant: .rdp, relation: .zeroOut)
    for (wrapped, count) in [
      (event, 6), (.poissonSampled(event, samplingRate: 0.5), 6),
      (.takingTurns(event, unitCount: 4), 2),
    ] {
      let found = try reduction.mechanisms(in: wrapped, count: 6).failures.counts.entries
      #expect(found.map(\.element) == [0.25])
      #expect(found.map(\.count) == [count])
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
