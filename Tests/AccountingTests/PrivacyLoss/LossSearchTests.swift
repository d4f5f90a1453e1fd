import Foundation
import Testing

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

  /// One of every `stride` rows, but those whose delta is too small for a number.
  static func references(every stride: Int) throws -> [Reference] {
    let all =
      try ReferenceTable("pld_high_precision.csv").rows.map { try Reference($0, suffixes: [""]) }
      + ReferenceTable("pld_two_phases.csv").rows.map {
        try Reference($0, suffixes: ["_1", "_2"])
      }
    return Swift.stride(from: 0, to: all.count, by: stride).map { all[$0] }
      .filter { $0.logDelta > -700 }
  }

  /// The table has 11 digits, and epsilon is rounded where it is large.
  static let digits = 1e-9

  /// Of the rows taken, some have rare cohorts and so small a delta that the lattice is not fine enough.
  static let largestLimitedCount = 12

  @Test func deltaIsBetweenTheEnds() throws {
    var limitedCount = 0
    for reference in try Self.references(every: 3) {
      let outcome = LossSearch(steps: reference.steps, relativeGap: 1e-3)
        .logDelta(epsilon: reference.epsilon)
      #expect(outcome.lower <= reference.logDelta + Self.digits, "\(reference): \(outcome)")
      #expect(outcome.upper >= reference.logDelta - Self.digits, "\(reference): \(outcome)")
      if outcome.limit != nil { limitedCount += 1 }
      #expect(outcome.limit != nil || outcome.upper - outcome.lower <= 0.01, "\(reference)")
    }
    #expect(limitedCount <= Self.largestLimitedCount)
  }

  @Test(arguments: [(1e-2, 4), (1e-4, 16)])
  func epsilonIsBetweenTheEnds(relativeGap: Double, stride: Int) throws {
    var limitedCount = 0
    for reference in try Self.references(every: stride) {
      let outcome = LossSearch(steps: reference.steps, relativeGap: relativeGap)
        .epsilon(logDelta: reference.logDelta, floor: 0)
      let epsilon = reference.epsilon
      #expect(outcome.lower <= epsilon * (1 + Self.digits), "\(reference): \(outcome)")
      #expect(outcome.upper >= epsilon * (1 - Self.digits), "\(reference): \(outcome)")
      if outcome.limit != nil { limitedCount += 1 }
      #expect(
        outcome.limit != nil || outcome.upper - outcome.lower <= relativeGap * outcome.lower,
        "\(reference): \(outcome)")
    }
    #expect(limitedCount <= Self.largestLimitedCount)
  }
}
