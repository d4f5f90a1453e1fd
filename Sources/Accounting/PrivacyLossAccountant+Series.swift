import Foundation

extension PrivacyLossAccountant {
  /// Epsilon at `delta` for each of many compositions of the same events, such as the first rounds of
  /// a run: for little more than the price of a few.
  ///
  /// Events whose releases differ in number alone share their discretized steps, in groups of about
  /// equal numbers. All other ones, and those whose ends would stay apart, are priced one by one.
  /// `progress` is called after each. `delta` is in (0, 1).
  ///
  /// Throws ``AccountingError`` when delta is out of range or an event is refused.
  public static func epsilons(
    of events: [PrivacyEvent], atDelta delta: Double, relation: NeighboringRelation,
    relativeGap: Double = 1e-3, progress: () -> Void = {}
  ) throws(AccountingError) -> [PrivacyBound] {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    var counts: [MechanismCounts] = []
    for event in events {
      counts.append(
        try EventReduction(accountant: .pld, relation: relation)
          .mechanisms(in: event, count: 1))
    }
    let largestFirst = events.indices.sorted { counts[$0].total > counts[$1].total }
    var series: LossSeries?
    // Neighbors in the order are good guesses of one another.
    var guess = 0.0
    var bounds: [PrivacyBound?] = Array(repeating: nil, count: events.count)
    for index in largestFirst {
      if series?.covers(counts[index]) != true {
        series = LossSeries(
          from: counts[index], logDelta: log(delta), relativeGap: relativeGap)
        guess = series?.guess ?? 0
      }
      if let found = series?.epsilon(of: counts[index], guess: guess) {
        bounds[index] = found
        guess = found.upper
      } else {
        var accountant = PrivacyLossAccountant(relation: relation, relativeGap: relativeGap)
        try accountant.compose(events[index])
        bounds[index] = try accountant.epsilon(atDelta: delta)
      }
      progress()
    }
    return bounds.compactMap(\.self)
  }
}
