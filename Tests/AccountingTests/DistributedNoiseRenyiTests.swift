import Foundation
import Testing
import _TestSupport

@testable import Accounting

/// Noise that several contributors make together; see `Reference/distributed_noise.py`.
@Suite struct DistributedNoiseRenyiTests {
  static func oneCoordinate(_ distance: Int) -> GridSensitivity {
    GridSensitivity(squaredL2: distance * distance, dimension: 1)
  }

  /// Above what the law itself has, and at whole orders what the paper's formula gives.
  @Test func skellamMatchesReference() throws {
    for row in try ReferenceTable("skellam_rdp.csv").rows {
      let curve = SkellamRenyi(
        variance: try row.column("variance"),
        distance: Self.oneCoordinate(Int(try row.column("distance"))).distance(under: .zeroOut))
      let order = try row.column("order")
      let value = curve.divergence(order: order)
      #expect(value >= (try row.column("divergence")) * (1 - 1e-12), "\(row): \(value)")
      if order == order.rounded() {
        #expect(abs(value / (try row.column("bound")) - 1) < 1e-12, "\(row): \(value)")
      }
    }
  }

  @Test func sumsOfDiscreteGaussiansMatchReference() throws {
    for row in try ReferenceTable("discrete_gaussian_sum_rdp.csv").rows {
      let curve = DiscreteGaussianSumRenyi(
        standardDeviation: try row.column("standard_deviation"),
        contributorCount: Int(try row.column("contributors")),
        distance: Self.oneCoordinate(Int(try row.column("distance"))).distance(under: .zeroOut))
      let value = curve.divergence(order: try row.column("order"))
      #expect(value >= (try row.column("divergence")) * (1 - 1e-12), "\(row): \(value)")
      #expect(abs(value / (try row.column("bound")) - 1) < 1e-10, "\(row): \(value)")
    }
  }

  /// The same formulas in several coordinates, on cohorts and over rounds, converted by dp-accounting at
  /// whole orders: ours has more orders, and may be a little below.
  @Test func epsilonsMatchReference() throws {
    for row in try ReferenceTable("distributed_noise_epsilon.csv").rows {
      let sensitivity = GridSensitivity(
        squaredL2: Int(try row.column("squared_l2")), dimension: Int(try row.column("dimension")))
      let deviation = try row.column("standard_deviation")
      let contributors = Int(try row.column("contributors"))
      let noise: PrivacyEvent =
        try row.column("noise") == 0
        ? .distributedDiscreteGaussian(
          standardDeviation: deviation, contributorCount: contributors, sensitivity: sensitivity)
        : .skellam(
          variance: deviation * deviation * Double(contributors), sensitivity: sensitivity)
      let event = PrivacyEvent.repeated(
        .poissonSampled(noise, samplingRate: try row.column("sampling_rate")),
        count: Int(try row.column("rounds")))
      let expected = try row.column("epsilon")
      for kind in [AccountantKind.rdp, .pld] {
        var accountant = kind.makeAccountant(relation: .zeroOut)
        try accountant.compose(event)
        let epsilon = try accountant.epsilon(atDelta: try row.column("delta"))
        #expect(epsilon.upper <= expected * (1 + 1e-8), "\(kind) \(row): \(epsilon)")
        #expect(epsilon.upper >= 0.97 * expected, "\(kind) \(row): \(epsilon)")
      }
    }
  }

  /// On a fine grid both are Gaussian noise.
  @Test(arguments: NeighboringRelation.allCases)
  func fineGridsCostWhatGaussianNoiseDoes(relation: NeighboringRelation) throws {
    let sensitivity = GridSensitivity(squaredL2: 1 << 40, dimension: 1 << 13)
    let deviation = 1.5 * 0x1p20
    for event in [
      PrivacyEvent.distributedDiscreteGaussian(
        standardDeviation: deviation / 10, contributorCount: 100, sensitivity: sensitivity),
      .skellam(variance: deviation * deviation, sensitivity: sensitivity),
    ] {
      var (ours, gaussian) = (
        RenyiAccountant(relation: relation), RenyiAccountant(relation: relation)
      )
      try ours.compose(event, count: 5)
      try gaussian.compose(.gaussian(noiseMultiplier: 1.5), count: 5)
      // Skellam noise has whole orders alone, which is less than 5 % dearer.
      let expected = try gaussian.epsilonUpperBound(atDelta: 1e-5)
      let epsilon = try ours.epsilonUpperBound(atDelta: 1e-5)
      #expect(epsilon >= expected && epsilon <= expected * 1.05)
    }
  }

  /// One contributor's discrete Gaussian is one; many coarse ones are no noise that has a bound.
  @Test func noiseBelowHalfAStepHasNoBound() throws {
    let sensitivity = GridSensitivity(squaredL2: 9, dimension: 4)
    func epsilon(_ deviation: Double, _ contributors: Int) throws -> Double {
      var accountant = RenyiAccountant(relation: .zeroOut)
      try accountant.compose(
        .distributedDiscreteGaussian(
          standardDeviation: deviation, contributorCount: contributors, sensitivity: sensitivity))
      return try accountant.epsilonUpperBound(atDelta: 1e-5)
    }
    var single = RenyiAccountant(relation: .zeroOut)
    try single.compose(.discreteGaussian(standardDeviation: 0.4, sensitivity: 3))
    #expect(try epsilon(0.4, 1) == single.epsilonUpperBound(atDelta: 1e-5))
    #expect(try epsilon(0.499, 2) == .infinity)
    #expect(try epsilon(0.5, 2).isFinite)
  }

  /// Of zero-concentrated parameters the least of three, so that it bounds the divergence at all orders.
  @Test(arguments: [0.5, 0.7, 1, 3], [2, 100])
  func concentrationBoundsEveryOrder(deviation: Double, contributors: Int) throws {
    let distance = GridSensitivity(squaredL2: 50, dimension: 64).distance(under: .zeroOut)
    let curve = DiscreteGaussianSumRenyi(
      standardDeviation: deviation, contributorCount: contributors, distance: distance)
    for order in [1.01, 1.5, 2, 10, 1000] {
      #expect(curve.divergence(order: order) <= order * curve.rho * (1 + 1e-12))
    }
    var accountant = ZeroConcentratedAccountant(relation: .zeroOut)
    try accountant.compose(
      .distributedDiscreteGaussian(
        standardDeviation: deviation, contributorCount: contributors,
        sensitivity: GridSensitivity(squaredL2: 50, dimension: 64)))
    #expect(abs(accountant.rho / curve.rho - 1) < 1e-11)
  }

  @Test func skellamNoiseHasNoConcentration() {
    let event = PrivacyEvent.skellam(
      variance: 9, sensitivity: GridSensitivity(squaredL2: 4, dimension: 2))
    var accountant = ZeroConcentratedAccountant(relation: .zeroOut)
    #expect(
      throws: AccountingError.unsupported(
        event: event, accountant: .zcdp, relation: .zeroOut, reason: .onlyWholeOrders)
    ) { try accountant.compose(event) }
  }

  @Test(arguments: [(1, 1, 1), (9, 64, 9), (10_000, 64, 800), (1 << 60, 1 << 20, 1 << 40)])
  func theL1NormFollowsFromTheOthers(squaredL2: Int, dimension: Int, l1: Int) {
    let derived = GridSensitivity(squaredL2: squaredL2, dimension: dimension).l1
    #expect(derived >= l1)
    #expect(Double(derived) <= Double(l1) * (1 + 1e-14))
  }

  @Test func groupsMoveTheSumFarther() throws {
    let sensitivity = GridSensitivity(squaredL2: 9, l1: 5, dimension: 4)
    let grown = GridSensitivity(squaredL2: 36, l1: 10, dimension: 4)
    #expect(
      try PrivacyEvent.skellam(variance: 2, sensitivity: sensitivity).forGroup(of: 2)
        == .skellam(variance: 2, sensitivity: grown))
    #expect(
      try PrivacyEvent.distributedDiscreteGaussian(
        standardDeviation: 2, contributorCount: 7, sensitivity: sensitivity
      ).forGroup(of: 2)
        == .distributedDiscreteGaussian(
          standardDeviation: 2, contributorCount: 7, sensitivity: grown))
    #expect(
      try PrivacyEvent.localGaussian(noiseMultiplier: 2).forGroup(of: 3)
        == .repeated(.localGaussian(noiseMultiplier: 2), count: 3))
    #expect(throws: AccountingError.self) {
      try PrivacyEvent.skellam(
        variance: 1, sensitivity: GridSensitivity(squaredL2: 1 << 60, dimension: 1)
      ).forGroup(of: 1 << 31)
    }
  }
}
