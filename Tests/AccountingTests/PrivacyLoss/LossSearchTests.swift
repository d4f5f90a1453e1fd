import Foundation
import Testing
import _TestSupport

@testable import Accounting

/// Each direction by itself, against delta to 11 digits by the Laplace transform of the loss.
@Suite struct LossSearchTests {
  struct Reference {
    let steps: [(loss: SampledLoss, count: Int)]
    let epsilon: Double
    let logDelta: Double

    /// A row whose columns of each phase end in one of `suffixes`.
    init(_ row: [String: Double], suffixes: [String]) throws {
      let direction: LossDirection = try row.column("direction") == 1 ? .remove : .add
      steps = try suffixes.map { suffix in
        let noise = try row.column("noise_multiplier" + suffix)
        return (
          loss: SampledLoss(
            noise: GaussianLaw(precision: 1 / (noise * noise)),
            samplingRate: try row.column("sampling_rate" + suffix), direction: direction),
          count: Int(try row.column("rounds" + suffix))
        )
      }
      epsilon = try row.column("epsilon")
      logDelta = try row.column("log_delta")
    }
  }

  static func references() throws -> [Reference] {
    try ReferenceTable("pld_high_precision.csv").rows.map { try Reference($0, suffixes: [""]) }
      + ReferenceTable("pld_two_phases.csv").rows.map {
        try Reference($0, suffixes: ["_1", "_2"])
      }
  }

  /// The table has 11 digits, and epsilon is rounded where it is large.
  static let digits = 1e-9

  /// From here on the lattice must be fine enough.
  static let leastLogDelta = -20.0

  @Test func deltaIsBetweenTheEnds() throws {
    for (index, reference) in try Self.references().enumerated() where index.isMultiple(of: 3) {
      guard reference.logDelta > -700 else { continue }
      let outcome = LossSearch(steps: reference.steps, relativeGap: 1e-3)
        .logDelta(epsilon: reference.epsilon)
      #expect(outcome.lower <= reference.logDelta + Self.digits, "\(reference): \(outcome)")
      #expect(outcome.upper >= reference.logDelta - Self.digits, "\(reference): \(outcome)")
      #expect(outcome.limit == nil || reference.logDelta < Self.leastLogDelta, "\(reference)")
      #expect(outcome.limit != nil || outcome.upper - outcome.lower <= 0.01, "\(reference)")
    }
  }

  /// Every seventh row at one gap, others at another.
  @Test(arguments: [(1e-2, 1), (1e-3, 3), (1e-4, 5)])
  func epsilonIsBetweenTheEnds(relativeGap: Double, remainder: Int) throws {
    for (index, reference) in try Self.references().enumerated() where index % 7 == remainder {
      guard reference.logDelta > -700 else { continue }
      let outcome = LossSearch(steps: reference.steps, relativeGap: relativeGap)
        .epsilon(logDelta: reference.logDelta, floor: 0)
      let epsilon = reference.epsilon
      #expect(outcome.lower <= epsilon * (1 + Self.digits), "\(reference): \(outcome)")
      #expect(outcome.upper >= epsilon * (1 - Self.digits), "\(reference): \(outcome)")
      #expect(
        outcome.limit == nil || relativeGap < 1e-3 || reference.logDelta < Self.leastLogDelta,
        "\(reference)")
      #expect(
        outcome.limit != nil || outcome.upper - outcome.lower <= relativeGap * outcome.lower,
        "\(reference): \(outcome)")
    }
  }

  @Test func accountantCoversEitherDirection() throws {
    let rows = try ReferenceTable("pld_high_precision.csv").rows
    for (index, row) in rows.enumerated() where index.isMultiple(of: 5) {
      var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
      try accountant.compose(
        .poissonSampled(
          .gaussian(noiseMultiplier: try row.column("noise_multiplier")),
          samplingRate: try row.column("sampling_rate")), count: Int(try row.column("rounds")))
      let delta = try accountant.delta(atEpsilon: try row.column("epsilon"))
      #expect(log(delta.upper) >= (try row.column("log_delta")) - Self.digits, "\(row): \(delta)")
    }
  }
}
