import Foundation

/// The trade-off function of a run: the least chance of a miss, beta, that an attack on whether a
/// unit took part can have at a chance of a false alarm of at most alpha (Dong, Roth & Su 2022).
///
/// It is the convex conjugate of delta: with y = e^epsilon,
///
///     beta(alpha) = sup over y >= 1 of max(1 - delta(y) - y alpha, (1 - delta(y) - alpha) / y),
///
/// since neighbors can be told apart either way round (their Proposition 2.13). So delta's upper
/// bounds at some epsilons bound beta from below. Its lower bounds do so from above, once delta
/// between them is bounded: it is convex in y, and lies above its chords drawn out.
public struct TradeoffFunction: Sendable {
  /// Where a bound on delta is known.
  private struct Knot {
    let y: Double
    let lower: Double
    let upper: Double
  }

  private let knots: [Knot]
  /// (y, delta) where the supremum over delta's lower bound can lie.
  private let corners: [(y: Double, delta: Double)]

  /// The advantage of the best attack, max(1 - alpha - beta): delta at epsilon 0.
  public let advantage: PrivacyBound

  /// An accountant of a kind whose answers are fine enough to draw the function from: it is drawn from many
  /// deltas.
  public static func makeAccountant(
    _ kind: AccountantKind, relation: NeighboringRelation
  ) -> any PrivacyAccountant {
    kind == .pld
      ? PrivacyLossAccountant(relation: relation, relativeGap: 1e-4)
      : kind.makeAccountant(relation: relation)
  }

  /// Asks `accountant` for delta at `count` epsilons, two or more, from 0 to where it is 1e-7;
  /// `progress` is called after each.
  public init(
    of accountant: any PrivacyAccountant, count: Int = 96, progress: () -> Void = {}
  ) throws(AccountingError) {
    try AccountingError.check(count, isWithin: 2...100_000, argument: "count")
    let last = try accountant.epsilon(atDelta: 1e-7).upper
    // Without a bound, delta is looked at where e^epsilon is still a number.
    let largest = min(max(last, 1e-3), 600)
    var knots: [Knot] = []
    for index in 0..<count {
      let epsilon = largest * Double(index) / Double(count - 1)
      let delta = try accountant.delta(atEpsilon: epsilon)
      knots.append(Knot(y: exp(epsilon), lower: delta.lower, upper: min(1, delta.upper)))
      progress()
    }
    self.knots = knots
    corners = Self.corners(of: knots)
    advantage = try PrivacyBound(lower: knots[0].lower, upper: knots[0].upper)
  }

  /// Bounds on beta at `alpha`, in [0, 1].
  public func beta(atAlpha alpha: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.unitInterval.check(alpha, argument: "alpha")
    func largest(_ places: some Sequence<(y: Double, delta: Double)>) -> Double {
      places.reduce(0) {
        max($0, 1 - $1.delta - $1.y * alpha, (1 - $1.delta - alpha) / $1.y)
      }
    }
    let lower = largest(knots.lazy.map { (y: $0.y, delta: $0.upper) }) * (1 - Self.slack)
    let upper = min(1 - alpha, largest(corners) * (1 + Self.slack))
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  /// The least probability of error of an attack, if the unit took part with probability `prior`,
  /// in (0, 1): (the smaller of prior and 1 - prior) times 1 - delta at the logarithm of the odds.
  public static func bayesRisk(
    prior: Double, of accountant: any PrivacyAccountant
  ) throws(AccountingError) -> PrivacyBound {
    try NumberRange.openUnitInterval.check(prior, argument: "prior")
    let delta = try accountant.delta(atEpsilon: abs(log(prior) - log1p(-prior)))
    let blind = min(prior, 1 - prior)
    return try PrivacyBound(
      lower: blind * max(0, 1 - delta.upper) * (1 - slack),
      upper: blind * (1 - delta.lower) * (1 + slack))
  }

  /// Corners of a function known to be below delta: at each knot, and between neighbors on the chords
  /// before and after, drawn out.
  private static func corners(of knots: [Knot]) -> [(y: Double, delta: Double)] {
    /// A lower bound at y outside the knots from `near` to `far`, nearer to `near`.
    func drawnOut(from far: Knot, through near: Knot, to y: Double) -> Double {
      let share = (y - near.y) / (near.y - far.y)
      return near.lower * (1 + share) - far.upper * share
    }
    var corners = knots.map { (y: $0.y, delta: max(0, $0.lower)) }
    for index in knots.indices.dropLast() {
      let (left, right) = (knots[index], knots[index + 1])
      let before = index > 0 ? knots[index - 1] : nil
      let after = index + 2 < knots.count ? knots[index + 2] : nil
      func bound(_ y: Double) -> Double {
        max(
          0, right.lower, before.map { drawnOut(from: $0, through: left, to: y) } ?? 0,
          after.map { drawnOut(from: $0, through: right, to: y) } ?? 0)
      }
      corners += Self.stairs(below: bound, from: left.y, to: right.y)
    }
    // Beyond the last knot delta may be 0.
    corners.append((knots[knots.count - 1].y, 0))
    return corners
  }

  /// Steps that lie below a falling function, as the corners at their low ends.
  private static func stairs(
    below bound: (Double) -> Double, from left: Double, to right: Double
  ) -> [(y: Double, delta: Double)] {
    let width = (right - left) / 32
    return (0..<32).map { step in
      let start = left + width * Double(step)
      return (y: start, delta: bound(start + width * (1 + 1e-12)))
    }
  }

  private static let slack = 1e-12
}
