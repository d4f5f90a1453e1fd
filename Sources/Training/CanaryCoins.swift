public import Accounting
internal import Randomness

/// Units that are in a run to audit it, each under a fair coin of its own (Steinke, Nasr & Jagielski,
/// Privacy auditing with one (1) training run, NeurIPS 2023).
///
/// A coin decides between two neighbors, so that to guess it is the game that the guarantee bounds:
/// - add-or-remove-one: the canary is there, or it is not;
/// - zero-out: it contributes, or it is there and contributes zero;
/// - replace-one: it contributes one update, or the opposite; it is always there.
///
/// Coins come from ``SharedKeys``: runs of one replicate have the same, and no data or noise enters them.
public struct CanaryCoins: Hashable, Sendable {
  public let relation: NeighboringRelation
  /// One a canary.
  public let isIn: [Bool]
  /// Those that are there, ascending.
  private let present: [Int]

  public init(count: Int, relation: NeighboringRelation, keys: SharedKeys) {
    precondition(count > 0, "an audit has a canary")
    var stream = RandomStream(keys.canaryCoins)
    self.init(
      (0..<count).map { _ in stream.uniformInteger(below: 2) == 1 }, relation: relation)
  }

  init(_ isIn: [Bool], relation: NeighboringRelation) {
    self.relation = relation
    self.isIn = isIn
    present = isIn.indices.filter { relation != .addOrRemoveOne || isIn[$0] }
  }

  public var count: Int { isIn.count }

  /// How many units the plan declares for so many canaries: a public constant, for add-or-remove-one
  /// the half that is expected, rounded up.
  public static func declaredUnitCount(of count: Int, under relation: NeighboringRelation) -> Int {
    relation == .addOrRemoveOne ? (count + 1) / 2 : count
  }

  /// How many of them are units of the population.
  var population: Int { present.count }

  /// Which canary a unit of the population is, counted from the first one, and what multiplies its update.
  func member(_ unit: Int) -> (canary: Int, factor: Int) {
    let canary = present[unit]
    if isIn[canary] { return (canary, 1) }
    return (canary, relation == .replaceOne ? -1 : 0)
  }
}
