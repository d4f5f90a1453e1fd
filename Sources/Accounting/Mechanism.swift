/// What is left of an event when its structure has been worked out: one release, with distances as
/// they are between neighbors under the accountant's relation.
enum Mechanism: Hashable {
  /// The data themselves, if the unit is in the cohort, which it is with probability
  /// `samplingRate`.
  case exposure(samplingRate: Double)
  /// A sum over everybody.
  case noise(AdditiveNoise)
  /// A sum over a cohort that the unit joins with probability `samplingRate`, less than 1, under
  /// add-or-remove-one or zero-out.
  case poissonSampled(AdditiveNoise, samplingRate: Double)
  /// A sum over a cohort of `cohortSize` of `populationSize` units, under replace-one. Gaussian
  /// noise is that of the `answerCount` answers about each cohort together.
  case withoutReplacement(
    AdditiveNoise, answerCount: Int, cohortSize: Int, populationSize: Int)
  case randomizedResponse(RandomizedResponse)
}

/// The noise on a sum, and how far apart the sums of neighbors may be.
enum AdditiveNoise: Hashable {
  /// `precision` is (distance / standard deviation)^2, which adds up under composition.
  case gaussian(precision: Double)
  /// The scale over the L1 distance.
  case laplace(noiseMultiplier: Double)
  /// `sensitivity` is the L2 distance, in 1 ... 2^32.
  case discreteGaussian(standardDeviation: Double, sensitivity: Int)
  /// `sensitivity` is the L1 distance, in 1 ... 2^32.
  case discreteLaplace(scale: Double, sensitivity: Int)
}

/// Mechanisms with how often each happened, in the order in which they first did, so that sums over
/// them do not depend on hashing.
struct MechanismCounts: Hashable {
  private(set) var entries: [Entry] = []
  private var positions: [Mechanism: Int] = [:]

  struct Entry: Hashable {
    let mechanism: Mechanism
    var count: Int
  }

  /// How many releases there are.
  var total: Double { entries.reduce(0) { $0 + Double($1.count) } }

  /// Adds all entries or, when a total would pass 2^53, none.
  mutating func add(_ additions: MechanismCounts) throws(AccountingError) {
    for addition in additions.entries {
      _ = try total(of: addition.mechanism, adding: addition.count)
    }
    for addition in additions.entries { try add(addition.mechanism, count: addition.count) }
  }

  mutating func add(_ mechanism: Mechanism, count: Int) throws(AccountingError) {
    guard count > 0 else { return }
    let total = try total(of: mechanism, adding: count)
    if let position = positions[mechanism] {
      entries[position].count = total
    } else {
      positions[mechanism] = entries.count
      entries.append(Entry(mechanism: mechanism, count: total))
    }
  }

  private func total(of mechanism: Mechanism, adding count: Int) throws(AccountingError) -> Int {
    let total = count + (positions[mechanism].map { entries[$0].count } ?? 0)
    try AccountingError.check(total, isWithin: 0...PrivacyEvent.largestCount, argument: "count")
    return total
  }
}
