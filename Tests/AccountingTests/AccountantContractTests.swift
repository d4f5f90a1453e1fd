import Accounting
import Testing
import _TestSupport

@Suite struct AccountantContractTests {
  static let laplace = PrivacyEvent.laplace(noiseMultiplier: 1)

  static func poisson(_ noise: Double, _ rate: Double) -> PrivacyEvent {
    .poissonSampled(.gaussian(noiseMultiplier: noise), samplingRate: rate)
  }

  static func withoutReplacement(_ noise: Double, _ rate: Double) -> PrivacyEvent {
    .sampledWithoutReplacement(
      .gaussian(noiseMultiplier: noise), cohortSize: max(1, Int(rate * 1e6)),
      populationSize: 1_000_000)
  }

  static func renyi(_ relation: NeighboringRelation) -> AccountantContract {
    let replaces = relation == .replaceOne
    let neverSupported: [PrivacyEvent] = [
      .poissonSampled(.repeated(laplace, count: 2), samplingRate: 0.5),
      .sampledWithoutReplacement(
        .composed([laplace, .gaussian(noiseMultiplier: 1)]), cohortSize: 1, populationSize: 2),
      .poissonSampled(
        .randomizedResponse(noiseParameter: 0.5, bucketCount: 2), samplingRate: 0.5),
      .poissonSampled(poisson(1, 0.5), samplingRate: 0.5),
    ]
    return AccountantContract(
      accountant: RenyiAccountant(relation: relation),
      event: replaces ? withoutReplacement : poisson,
      samplingRates: [1e-6, 0.01, 0.2, 0.999999, 1],
      unsupported: neverSupported + [replaces ? poisson(1, 0.5) : withoutReplacement(1, 0.5)])
  }

  static func gaussianDP(_ relation: NeighboringRelation) -> AccountantContract {
    AccountantContract(
      accountant: GaussianDPAccountant(relation: relation),
      event: poisson, samplingRates: [1],
      unsupported: [
        laplace, poisson(1, 0.5), withoutReplacement(1, 0.5),
        .discreteGaussian(standardDeviation: 1, sensitivity: 1),
      ])
  }

  /// Of noise whose loss is limited, for every accountant that prices it.
  static func laplaceNoise(
    _ kind: AccountantKind, _ relation: NeighboringRelation
  ) -> AccountantContract {
    let replaces = relation == .replaceOne
    return AccountantContract(
      accountant: kind.makeAccountant(relation: relation),
      release: { .laplace(noiseMultiplier: $0) },
      event: { noise, rate in
        replaces
          ? .sampledWithoutReplacement(
            .laplace(noiseMultiplier: noise), cohortSize: max(1, Int(rate * 1000)),
            populationSize: 1000)
          : .poissonSampled(.laplace(noiseMultiplier: noise), samplingRate: rate)
      },
      samplingRates: kind == .zcdp ? [1] : [0.01, 0.999, 1],
      unsupported: [
        .poissonSampled(.repeated(laplace, count: 2), samplingRate: 0.5),
        .poissonSampled(report, samplingRate: 0.5),
        kind == .zcdp ? poisson(1, 0.5) : .poissonSampled(poisson(1, 0.5), samplingRate: 0.5),
      ] + ([.pureDP, .optimalComposition].contains(kind) ? [.gaussian(noiseMultiplier: 1)] : []))
  }

  /// Of Gaussian noise on the integers without sampling.
  static func discreteGaussianNoise(
    _ kind: AccountantKind, _ relation: NeighboringRelation
  ) -> AccountantContract {
    AccountantContract(
      accountant: kind.makeAccountant(relation: relation),
      release: { .discreteGaussian(standardDeviation: 8 * $0, sensitivity: 8) },
      event: { noise, _ in .discreteGaussian(standardDeviation: 8 * noise, sensitivity: 8) },
      samplingRates: [1], unsupported: [.poissonSampled(report, samplingRate: 0.5)])
  }

  /// Of Gaussian noise on Poisson-sampled cohorts, by the accountants of published results.
  static func historical(_ kind: AccountantKind) -> AccountantContract {
    AccountantContract(
      accountant: kind.makeAccountant(relation: .addOrRemoveOne), event: poisson,
      samplingRates: [1e-6, 0.01, 0.999999, 1],
      unsupported: [
        report, withoutReplacement(1, 0.5), .poissonSampled(poisson(1, 0.5), samplingRate: 0.5),
      ])
  }

  /// Of noise on the integers that several contributors make, in 16 coordinates.
  static func distributedNoise(
    _ kind: AccountantKind, release: @escaping @Sendable (Double) -> PrivacyEvent
  ) -> AccountantContract {
    AccountantContract(
      accountant: kind.makeAccountant(relation: .zeroOut), release: release,
      event: { noise, rate in .poissonSampled(release(noise), samplingRate: rate) },
      samplingRates: kind == .zcdp ? [1] : [0.01, 0.999, 1],
      unsupported: [.poissonSampled(report, samplingRate: 0.5)])
  }

  /// Of the best of a random number of runs.
  static func selection(
    _ kind: AccountantKind, _ repetitions: RepetitionLaw,
    of release: @escaping @Sendable (Double) -> PrivacyEvent
  ) -> AccountantContract {
    AccountantContract(
      accountant: kind.makeAccountant(relation: .addOrRemoveOne),
      release: { .repeatAndSelect(release($0), repetitions: repetitions) },
      event: { noise, rate in
        .repeatAndSelect(
          .poissonSampled(release(noise), samplingRate: rate), repetitions: repetitions)
      },
      samplingRates: kind == .zcdp ? [1] : [0.01, 0.999, 1],
      unsupported: [
        .poissonSampled(
          .repeatAndSelect(release(1), repetitions: repetitions), samplingRate: 0.5),
        .repeatAndSelect(
          .composed([release(1), .failure(probability: 1e-9)]), repetitions: repetitions),
        .anyOf([release(1), .failure(probability: 1e-9)]),
        .repeatAndSelect(report, repetitions: repetitions),
      ])
  }

  static let repetitions: [RepetitionLaw] = [
    .truncatedNegativeBinomial(shape: 0, mean: 10),
    .truncatedNegativeBinomial(shape: -0.5, mean: 3),
    .poisson(mean: 5),
  ]

  @Test(
    arguments: AccountantContract.Law.allCases, [AccountantKind.rdp, .pld, .rdpClassic])
  func selectionKeepsTheContract(law: AccountantContract.Law, kind: AccountantKind) throws {
    let contract = Self.selection(kind, Self.repetitions[0]) { .gaussian(noiseMultiplier: $0) }
    #expect(try contract.violations(of: law) == [])
  }

  @Test(
    arguments: AccountantContract.Law.allCases,
    [AccountantKind.rdp, .pureDP, .optimalComposition, .zcdp, .advancedComposition])
  func selectionOfLimitedLossesKeepsTheContract(
    law: AccountantContract.Law, kind: AccountantKind
  ) throws {
    for repetitions in Self.repetitions {
      let contract = Self.selection(kind, repetitions) { .laplace(noiseMultiplier: $0) }
      #expect(try contract.violations(of: law) == [], "\(repetitions)")
    }
  }

  static let gridSensitivity = GridSensitivity(squaredL2: 400, dimension: 16)

  @Test(
    arguments: AccountantContract.Law.allCases,
    [AccountantKind.pld, .rdp, .zcdp, .rdpClassic, .advancedComposition])
  func sumsOfDiscreteGaussiansKeepTheContract(
    law: AccountantContract.Law, kind: AccountantKind
  ) throws {
    let contract = Self.distributedNoise(kind) { noise in
      .distributedDiscreteGaussian(
        standardDeviation: 2 * noise, contributorCount: 100, sensitivity: Self.gridSensitivity)
    }
    #expect(try contract.violations(of: law) == [])
  }

  @Test(
    arguments: AccountantContract.Law.allCases,
    [AccountantKind.pld, .rdp, .rdpClassic, .advancedComposition])
  func skellamNoiseKeepsTheContract(law: AccountantContract.Law, kind: AccountantKind) throws {
    let contract = Self.distributedNoise(kind) { noise in
      .skellam(variance: 400 * noise * noise, sensitivity: Self.gridSensitivity)
    }
    #expect(try contract.violations(of: law) == [])
  }

  /// Of Gaussian noise that may be missing, where units take turns.
  static func turnsThatMayFail(
    _ kind: AccountantKind, _ relation: NeighboringRelation
  ) -> AccountantContract {
    AccountantContract(
      accountant: kind.makeAccountant(relation: relation), release: turn,
      event: { noise, _ in turn(noise) }, samplingRates: [1],
      unsupported: [
        .poissonSampled(turn(1), samplingRate: 0.5), .takingTurns(turn(1), unitCount: 2),
        .sampledWithoutReplacement(turn(1), cohortSize: 1, populationSize: 2),
      ])
  }

  static func turn(_ noiseMultiplier: Double) -> PrivacyEvent {
    .takingTurns(
      .composed([.gaussian(noiseMultiplier: noiseMultiplier), .failure(probability: 1e-12)]),
      unitCount: 3)
  }

  @Test(
    arguments: AccountantContract.Law.allCases,
    [AccountantKind.pld, .rdp, .gaussianDP, .zcdp, .rdpClassic, .advancedComposition])
  func turnsThatMayFailKeepTheContract(
    law: AccountantContract.Law, kind: AccountantKind
  ) throws {
    for relation in [NeighboringRelation.zeroOut, .replaceOne] {
      #expect(try Self.turnsThatMayFail(kind, relation).violations(of: law) == [], "\(relation)")
    }
  }

  @Test(arguments: AccountantContract.Law.allCases, NeighboringRelation.allCases)
  func renyiAccountantKeepsTheContract(
    law: AccountantContract.Law, relation: NeighboringRelation
  ) throws {
    #expect(try Self.renyi(relation).violations(of: law) == [])
  }

  @Test(arguments: AccountantContract.Law.allCases, NeighboringRelation.allCases)
  func gaussianDPAccountantKeepsTheContract(
    law: AccountantContract.Law, relation: NeighboringRelation
  ) throws {
    #expect(try Self.gaussianDP(relation).violations(of: law) == [])
  }

  @Test(
    arguments: AccountantContract.Law.allCases,
    [AccountantKind.rdp, .zcdp, .pureDP, .optimalComposition, .advancedComposition])
  func laplaceNoiseKeepsTheContract(
    law: AccountantContract.Law, kind: AccountantKind
  ) throws {
    for relation in [NeighboringRelation.addOrRemoveOne, .replaceOne] {
      #expect(
        try Self.laplaceNoise(kind, relation).violations(of: law) == [], "\(relation)")
    }
  }

  @Test(
    arguments: AccountantContract.Law.allCases,
    [AccountantKind.rdp, .zcdp, .rdpClassic, .advancedComposition])
  func discreteGaussianNoiseKeepsTheContract(
    law: AccountantContract.Law, kind: AccountantKind
  ) throws {
    #expect(try Self.discreteGaussianNoise(kind, .zeroOut).violations(of: law) == [])
  }

  @Test(
    arguments: AccountantContract.Law.allCases,
    [AccountantKind.moments, .rdpClassic, .advancedComposition])
  func historicalAccountantsKeepTheContract(
    law: AccountantContract.Law, kind: AccountantKind
  ) throws {
    #expect(try Self.historical(kind).violations(of: law) == [])
  }

  static let report = PrivacyEvent.randomizedResponse(noiseParameter: 0.4, bucketCount: 2)

  /// No upper end is below another's lower end, over everything that two accountants price.
  @Test(arguments: NeighboringRelation.allCases, [0.3, 1, 4, 100])
  func accountantsAgree(relation: NeighboringRelation, noise: Double) throws {
    let replaces = relation == .replaceOne
    let releases: [PrivacyEvent] = [
      .gaussian(noiseMultiplier: noise), .laplace(noiseMultiplier: noise),
      .discreteGaussian(standardDeviation: 3 * noise, sensitivity: 3),
      .discreteLaplace(scale: 3 * noise, sensitivity: 3),
    ]
    let sampled = releases.map { release -> PrivacyEvent in
      replaces
        ? .sampledWithoutReplacement(release, cohortSize: 3, populationSize: 30)
        : .poissonSampled(release, samplingRate: 0.1)
    }
    let reports: [PrivacyEvent] = relation == .addOrRemoveOne ? [] : [Self.report]
    let mixed = PrivacyEvent.composed([releases[1], sampled[3]])
    for event in releases + sampled + reports + [mixed] {
      for (delta, rounds) in [(1e-12, 1), (1e-5, 1), (1e-5, 50), (0.1, 50)] {
        let contradictions = try AccountantContract.contradictions(
          among: AccountantKind.allCases.map { $0.makeAccountant(relation: relation) },
          about: .repeated(event, count: rounds), delta: delta)
        #expect(contradictions == [])
      }
    }
  }

  /// Against another method altogether: discretized privacy loss distributions.
  @Test func boundsBracketTheTrueEpsilon() throws {
    for row in try ReferenceTable("pld_noise_epsilon.csv").rows {
      let (width, sensitivity) = (try row.column("width"), Int(try row.column("sensitivity")))
      let noise: (event: PrivacyEvent, relation: NeighboringRelation) =
        switch try row.column("noise") {
        case 0: (.laplace(noiseMultiplier: width), .addOrRemoveOne)
        case 1: (.discreteLaplace(scale: width, sensitivity: sensitivity), .addOrRemoveOne)
        case 2:
          (.discreteGaussian(standardDeviation: width, sensitivity: sensitivity), .zeroOut)
        case 3:
          (.randomizedResponse(noiseParameter: width, bucketCount: sensitivity), .replaceOne)
        default:
          (.randomizedResponse(noiseParameter: width, bucketCount: sensitivity), .zeroOut)
        }
      let rate = try row.column("sampling_rate")
      let event = rate == 1 ? noise.event : .poissonSampled(noise.event, samplingRate: rate)
      var priced = 0
      for kind in AccountantKind.allCases {
        var accountant = kind.makeAccountant(relation: noise.relation)
        do {
          try accountant.compose(event, count: Int(try row.column("rounds")))
        } catch AccountingError.unsupported {
          continue
        }
        priced += 1
        let epsilon = try accountant.epsilon(atDelta: try row.column("delta"))
        #expect(epsilon.lower <= (try row.column("pessimistic")), "\(kind), \(row): \(epsilon)")
        #expect(epsilon.upper >= (try row.column("optimistic")), "\(kind), \(row): \(epsilon)")
      }
      #expect(priced >= 4)
    }
  }

  /// The contract would notice an accountant that halves every bill.
  @Test func contractCatchesABrokenAccountant() throws {
    let contract = AccountantContract(
      accountant: ForgetfulAccountant(), event: Self.poisson, samplingRates: [1],
      unsupported: [Self.laplace])
    #expect(try contract.violations(of: .moreRoundsCostMore) != [])
    #expect(try contract.violations(of: .refusalChangesNothing) != [])
    #expect(try contract.violations(of: .noNoiseHasNoBound) != [])
  }
}

/// Forgets what it has seen after eight runs, and refuses nothing.
private struct ForgetfulAccountant: PrivacyAccountant {
  let kind = AccountantKind.rdp
  let relation = NeighboringRelation.addOrRemoveOne
  var count = 0

  mutating func compose(_ event: PrivacyEvent, count: Int) { self.count = (self.count + count) % 8 }

  func epsilon(atDelta delta: Double) throws(AccountingError) -> PrivacyBound {
    try PrivacyBound(lower: 0, upper: Double(count))
  }

  func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try PrivacyBound(lower: 0, upper: 1)
  }
}
