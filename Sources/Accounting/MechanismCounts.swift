/// Mechanisms with how often each concerns one unit, in the order in which they first did, so that
/// sums over them do not depend on hashing.
struct MechanismCounts: Hashable, Sendable {
  private var own = Tally<Mechanism>()
  private var ownFailures = Tally<Double>()
  private var turns = Tally<Turns>()
  private var resolved = Tally<Mechanism>()
  private(set) var failures = FailureCounts()

  struct Entry: Hashable {
    let mechanism: Mechanism
    var count: Int
  }

  /// What happens in a release in which one of `unitCount` units takes its turn.
  struct Turns: Hashable, Sendable {
    let mechanisms: MechanismCounts
    let unitCount: Int
  }

  /// Turns are counted by how many of them one unit can have had.
  var entries: [Entry] {
    resolved.entries.map { Entry(mechanism: $0.element, count: $0.count) }
  }

  var hasTurns: Bool { !turns.entries.isEmpty }

  /// Whether there is a release without noise about everybody.
  var showsTheData: Bool { entries.contains { $0.mechanism == .exposure(samplingRate: 1) } }

  /// How many releases there are.
  var total: Double { resolved.entries.reduce(0) { $0 + Double($1.count) } }

  /// Adds all or, when a total would pass 2^53, nothing.
  mutating func add(_ additions: MechanismCounts) throws(AccountingError) {
    var sum = self
    try sum.own.add(additions.own)
    try sum.ownFailures.add(additions.ownFailures)
    try sum.turns.add(additions.turns)
    try sum.resolve()
    self = sum
  }

  mutating func add(_ mechanism: Mechanism, count: Int) throws(AccountingError) {
    try own.add(mechanism, count: count)
    // Without turns both tallies are equal; one that is shared would be copied at each addition.
    if hasTurns { try resolve() } else { try resolved.add(mechanism, count: count) }
  }

  mutating func add(_ turns: Turns, count: Int) throws(AccountingError) {
    try self.turns.add(turns, count: count)
    try resolve()
  }

  mutating func add(failureProbability: Double, count: Int) throws(AccountingError) {
    try ownFailures.add(failureProbability, count: count)
    try resolve()
  }

  /// A unit has at most ceil(n / unitCount) turns in n releases. Different events may share one
  /// order of turns, in which one unit may have all turns of one of them; so they are counted
  /// together, and each event is charged for as many as there can be.
  private mutating func resolve() throws(AccountingError) {
    resolved = own
    var failing = ownFailures
    for entry in turns.entries {
      let unitCount = entry.element.unitCount
      let total = turns.entries.filter { $0.element.unitCount == unitCount }
        .reduce(0) { $0 + $1.count }
      let runs = min(entry.count, total / unitCount + (total % unitCount == 0 ? 0 : 1))
      try resolved.add(entry.element.mechanisms.resolved, times: runs)
      try failing.add(entry.element.mechanisms.failures.counts, times: runs)
    }
    failures = FailureCounts(failing)
  }
}
