import Foundation

/// Bounds on epsilon at one delta, for compositions of the same steps in about equal numbers, from
/// the lattices of the largest.
struct LossSeries {
  private let mechanisms: [Mechanism]
  private let largest: [Double]
  private let logDelta: Double
  private let relativeGap: Double
  /// About the epsilon of the largest numbers.
  let guess: Double
  private let directions: [LossBoundsFamily]

  /// Nil where compositions do not consist of noise in steps, of which there is more than one.
  init?(from counts: MechanismCounts, logDelta: Double, relativeGap: Double) {
    let composition = LossComposition(counts)
    guard composition.limit == nil, composition.logUnexposed == 0,
      composition.gaussianPrecision == 0, !composition.isGaussian, counts.total > 1,
      counts.failures.isEmpty
    else { return nil }
    mechanisms = counts.entries.map(\.mechanism)
    let largest = counts.entries.map { Double($0.count) }
    self.largest = largest
    self.logDelta = logDelta
    self.relativeGap = relativeGap
    let smallest = largest.map { $0 * Self.smallestShare }
    var guess = 0.0
    var found: [LossBoundsFamily] = []
    for direction in composition.directions {
      let loss = DirectedLoss(
        composition.steps.map {
          (
            loss: SampledLoss(
              noise: $0.noise, samplingRate: $0.samplingRate, direction: direction),
            count: $0.count
          )
        }, logDelta: logDelta)
      var point = SaddlePoint.at(logDelta: logDelta, cumulant: loss.cumulant)
      var share = 0.5
      var family: LossBoundsFamily?
      for _ in 1...Self.attempts {
        let grid = loss.grid(
          about: point, epsilonGap: share * relativeGap * max(point.epsilon, 1e-3 / point.tilt),
          largestCount: max(Self.largestTotalCount / composition.steps.count, 1 << 10))
        guard loss.isResolved(by: grid) else { return nil }
        let candidate = LossBoundsFamily(of: loss, on: grid, leastCounts: smallest)
        family = candidate
        let (lower, upper) = candidate.bounds(counts: largest)
          .epsilon(logDelta: logDelta, guess: point.epsilon)
        // Smaller numbers leave wider gaps on the same lattice.
        let excess = (upper - lower) / (0.8 * relativeGap * lower)
        if excess <= 1 || upper <= guess * Self.dominated { break }
        point = SaddlePoint.at(
          epsilon: upper.isFinite ? upper : point.epsilon, cumulant: loss.cumulant)
        share *= min(max(0.7 / excess, 0.02), 0.9)
      }
      guard let family else { return nil }
      found.append(family)
      guess = max(guess, point.epsilon)
    }
    directions = found
    self.guess = guess
  }

  /// Whether `counts` are of the same steps and near the largest.
  func covers(_ counts: MechanismCounts) -> Bool {
    counts.failures.isEmpty && counts.entries.map(\.mechanism) == mechanisms
      && zip(counts.entries, largest).allSatisfy {
        Double($0.count) <= $1 && Double($0.count) >= $1 * Self.smallestShare
      }
  }

  /// Bounds that are close enough, or nil.
  func epsilon(of counts: MechanismCounts, guess: Double) -> PrivacyBound? {
    let numbers = counts.entries.map { Double($0.count) }
    var (lower, upper) = (0.0, 0.0)
    for family in directions {
      let bound = family.bounds(counts: numbers).epsilon(logDelta: logDelta, guess: guess)
      lower = max(lower, bound.lower)
      upper = max(upper, bound.upper)
    }
    guard upper - lower <= relativeGap * lower else { return nil }
    return try? PrivacyBound(lower: lower, upper: upper)
  }

  private static let smallestShare = 0.7
  private static let attempts = 4
  /// A direction whose epsilon is that much less is not refined.
  private static let dominated = 0.98
  private static let largestTotalCount = 1 << 17
}
