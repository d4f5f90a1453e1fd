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
    for name in rows.map({ seriesName($0.sweep) }) where !names.contains(name) {
      names.append(name)
    }
    return names.map { name in
      let members = rows.filter { seriesName($0.sweep) == name }
      return PlotSeries(
        name: name,
        curve: members.filter(\.claim.isPrivate).sorted {
          $0.claim.epsilonUpper < $1.claim.epsilonUpper
        },
        baseline: members.first { !$0.claim.hasNoise })
    }.filter { !$0.curve.isEmpty }
  }

  /// What a setting is called but for its noise.
  static func seriesName(_ sweep: String) -> String {
    sweep.split(separator: ";")
      .filter { !$0.hasPrefix("privacy.noise=") && !$0.hasPrefix("privacy.noise.") }
      .map { axis in
        let parts = axis.split(separator: "=", maxSplits: 1)
        let value = parts.first == "case" ? caseName(parts[1]) : parts.last ?? ""
        return String(value.map { $0 == "_" || $0 == ":" ? " " : $0 })
      }
      .filter { !$0.isEmpty }
      .joined(separator: ", ")
  }

  /// A case is named for its curve and, after it, its epsilon where they are several: `linear 2.7`,
  /// `linear epsilon 3`, or `epsilon 3` and `no privacy` where there is one curve.
  private static func caseName(_ name: Substring) -> Substring {
    if name == "no privacy" { return "" }
    var words = name.split(separator: " ")[...]
    guard let last = words.last, Double(last) != nil else { return name }
    words.removeLast()
    if words.last == "epsilon" { words.removeLast() }
    return words.last.map { name[..<$0.endIndex] } ?? ""
  }
}
