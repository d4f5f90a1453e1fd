internal import Accounting
internal import Results

/// Rows that differ in their noise alone: one curve, and the line of the row without noise.
struct PlotSeries {
  /// The other swept values, such as `label shards 2`; empty where nothing else is swept.
  let name: String
  /// By rising epsilon.
  let curve: [TradeoffRow]
  let baseline: TradeoffRow?

  /// The series of a table, in the order of its settings.
  static func all(of rows: [TradeoffRow]) -> [PlotSeries] {
    var names: [String] = []
    for name in rows.map(\.series) where !names.contains(name) { names.append(name) }
    return names.map { name in
      let members = rows.filter { $0.series == name }
      return PlotSeries(
        name: name,
        curve: members.filter(\.claim.isPrivate).sorted {
          $0.claim.epsilonUpper < $1.claim.epsilonUpper
        },
        baseline: members.first { !$0.claim.hasNoise })
    }.filter { !$0.curve.isEmpty }
  }
}
