/// How many of some independent trials succeed.
///
/// Each probability is a product of the ratios of neighbors, starting at the likeliest number, over the
/// sum of all such products. With less than ten roundings of 2^-53 for each number on the way, all are
/// within ``relativeError`` of the truth, but for those below 10^-40, which count as 0.
struct BinomialLaw {
  let trials: Int
  /// The least number with a probability.
  private let first: Int
  private let probabilities: [Double]

  /// - Parameters:
  ///   - trials: 0 or more.
  ///   - odds: p / (1 - p), where p is the probability of a success; positive and finite.
  init(trials: Int, odds: Double) {
    precondition(trials >= 0 && odds > 0 && odds.isFinite, "trials with odds")
    self.trials = trials
    let likeliest = min(trials, Int(Double(trials + 1) / (1 + 1 / odds)))
    var below: [Double] = []
    var weight = 1.0
    for successes in stride(from: likeliest, to: 0, by: -1) {
      weight *= Double(successes) / Double(trials - successes + 1) / odds
      guard weight > Self.leastWeight else { break }
      below.append(weight)
    }
    var weights = Array(below.reversed()) + [1]
    weight = 1
    for successes in likeliest..<trials {
      weight *= Double(trials - successes) / Double(successes + 1) * odds
      guard weight > Self.leastWeight else { break }
      weights.append(weight)
    }
    let sum = weights.reduce(0, +)
    first = likeliest - below.count
    probabilities = weights.map { $0 / sum }
  }

  /// Of exactly so many successes.
  func probability(of successes: Int) -> Double {
    let index = successes - first
    return probabilities.indices.contains(index) ? probabilities[index] : 0
  }

  /// Of so many successes or more, rounded up.
  func upperTail(from successes: Int) -> Double {
    roundedUp(probabilities.dropFirst(max(0, successes - first)).reduce(0, +))
  }

  /// Of so many successes or fewer, rounded up.
  func lowerTail(to successes: Int) -> Double {
    roundedUp(probabilities.prefix(max(0, successes - first + 1)).reduce(0, +))
  }

  /// The least number with a probability that is not taken for 0.
  var leastSuccesses: Int { first }

  /// At least the sum of probabilities that was computed as `sum`, and at most 1.
  func roundedUp(_ sum: Double) -> Double {
    min(1, sum * (1 + relativeError) + Double(trials) * Self.leastWeight)
  }

  var relativeError: Double { 10 * Double(probabilities.count + 1) * 0x1p-53 }

  private static let leastWeight = 1e-40
}
