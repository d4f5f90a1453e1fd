import Accounting
import Foundation
import SpecialMath
import Testing

@testable import Analytics

/// All pairs of neighbors over a small universe of keys: what an observer of the release can tell apart,
/// computed from the normal distribution alone, against what the event claims.
///
/// Only keys of the user that is there on one side and not on the other differ. A key's outcome is cut
/// into cells: it stays below the threshold, or its noised count is in one of many narrow intervals.
/// Telling cells apart is no more than telling releases apart, and with narrow cells hardly less.
struct ReleaseOracleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let noiseMultiplier: Double
    let failureProbability: Double
    let weights: KeyWeight

    var testDescription: String {
      "sigma \(noiseMultiplier), q \(failureProbability), \(weights.rawValue)"
    }
  }

  private static let keysPerUser = 2

  @Test(arguments: [
    Case(noiseMultiplier: 0.5, failureProbability: 0.05, weights: .one),
    Case(noiseMultiplier: 0.5, failureProbability: 0.05, weights: .unitNorm),
    Case(noiseMultiplier: 1, failureProbability: 0.2, weights: .one),
    Case(noiseMultiplier: 1, failureProbability: 1e-3, weights: .unitNorm),
    Case(noiseMultiplier: 3, failureProbability: 0.01, weights: .one),
    Case(noiseMultiplier: 3, failureProbability: 0.6, weights: .unitNorm),
  ])
  func noNeighborsAreFurtherApartThanTheEventSays(setup: Case) throws {
    let limit = ContributionLimit(keysPerUser: Self.keysPerUser, weights: setup.weights)
    let mechanism = ThresholdedGaussian(
      limit: limit, noiseMultiplier: setup.noiseMultiplier,
      failureProbability: setup.failureProbability)
    var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
    try accountant.compose(mechanism.event)

    // Neighbors are told apart by the counts of the user's own keys alone, and there are few of those.
    var pairs: Set<[CountPair]> = []
    for others in Self.databases {
      for user in Self.keySets where !user.isEmpty {
        let without = counts(of: others, limit: limit)
        let with = counts(of: others + [user], limit: limit)
        pairs.insert(
          user.map { CountPair(without: without[$0], with: with[$0]!) }
            .sorted { ($0.without ?? 0) < ($1.without ?? 0) })
      }
    }
    var worst: [Double: Double] = [:]
    for pair in pairs {
      let outcomes = pair.map { Outcome($0, mechanism: mechanism) }
      for epsilon in [0, 0.1, 0.5, 1, 2, 4] {
        let (add, remove) = Outcome.divergences(of: outcomes, at: exp(epsilon))
        worst[epsilon] = max(worst[epsilon] ?? 0, add, remove)
      }
      // Whether a key shows that only this user has, whatever else is released.
      let reveals = 1 - outcomes.filter(\.isNew).reduce(1) { $0 * $1.hidden.with }
      #expect(reveals <= setup.failureProbability)
    }
    for (epsilon, delta) in worst {
      let claim = try accountant.delta(atEpsilon: epsilon).upper
      #expect(delta <= claim * (1 + 1e-9), "epsilon \(epsilon)")
      // New keys alone make up this much of the claim, so that it is no loose bound.
      #expect(delta >= setup.failureProbability * (1 - 1e-6), "epsilon \(epsilon)")
    }
  }

  /// The keys that a user may hold of a universe of three.
  private static let keySets: [[Int]] = [[], [0], [1], [2], [0, 1], [0, 2], [1, 2]]

  /// All databases of up to two users, and one with a common key.
  private static let databases: [[[Int]]] =
    [[]] + keySets.map { [$0] }
    + keySets.flatMap { first in keySets.map { [first, $0] } }
    + [Array(repeating: [0, 1], count: 5)]

  private func counts(of users: [[Int]], limit: ContributionLimit) -> [Int: Double] {
    var histogram = UserHistogram<Int>(limit: limit)
    for keys in users { histogram.add(userWith: keys) }
    return histogram.counts
  }
}

/// The counts of a key that one user holds; nil where nobody else does.
private struct CountPair: Hashable {
  let without: Double?
  let with: Double
}

/// What an observer sees of one key: the probabilities of cells without the user and with it.
private struct Outcome {
  var cells: [(without: Double, with: Double)] = []
  let isNew: Bool

  /// The first cell: the key is not released.
  var hidden: (without: Double, with: Double) { cells[0] }

  init(_ counts: CountPair, mechanism: ThresholdedGaussian) {
    isNew = counts.without == nil
    let deviation = mechanism.noiseStandardDeviation
    let start = mechanism.threshold
    let last = max(start, counts.with) + 9 * deviation
    let edges = (0...150).map { start + (last - start) * Double($0) / 150 }
    func tail(_ count: Double?, _ edge: Double) -> Double {
      count.map { StandardNormal.upperTail((edge - $0) / deviation) } ?? 0
    }
    cells.append((1 - tail(counts.without, start), 1 - tail(counts.with, start)))
    for (lower, upper) in zip(edges, edges.dropFirst()) {
      cells.append(
        (
          tail(counts.without, lower) - tail(counts.without, upper),
          tail(counts.with, lower) - tail(counts.with, upper)
        ))
    }
    cells.append((tail(counts.without, last), tail(counts.with, last)))
  }

  /// `sum over cells of max(0, P - x Q)` of all keys together, both ways round.
  static func divergences(
    of outcomes: [Outcome], at x: Double
  ) -> (add: Double, remove: Double) {
    var joint: [(without: Double, with: Double)] = [(1, 1)]
    for outcome in outcomes {
      joint = joint.flatMap { left in
        outcome.cells.map { (left.without * $0.without, left.with * $0.with) }
      }
    }
    return joint.reduce((0, 0)) { sum, cell in
      (
        sum.0 + max(0, cell.with - x * cell.without),
        sum.1 + max(0, cell.without - x * cell.with)
      )
    }
  }
}
