/// What is left of an event when its structure has been worked out: one noisy release, with the
/// noise relative to the actual sensitivity under the accountant's relation.
enum Mechanism: Hashable {
  /// The data themselves, if the unit is in the cohort, which it is with probability
  /// `samplingRate`.
  case exposure(samplingRate: Double)
  /// `precision` is 1 / (noise multiplier)^2, which adds up under composition.
  case gaussian(precision: Double)
  case laplace(noiseMultiplier: Double)
  case poissonGaussian(precision: Double, samplingRate: Double)
  /// `precision` is the sum over the `answerCount` answers about each cohort.
  case withoutReplacementGaussian(
    precision: Double, answerCount: Int, cohortSize: Int, populationSize: Int)
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
