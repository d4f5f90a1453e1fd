extension TradeoffRow {
  /// The swept values but for the noise, such as `label shards 2`; empty where nothing else is swept.
  /// Rows of one series differ in their noise alone.
  public var series: String { Self.series(ofSweep: sweep) }

  public static func series(ofSweep sweep: String) -> String {
    sweep.split(separator: ";")
      .filter { !$0.hasPrefix("privacy.noise=") && !$0.hasPrefix("privacy.noise.") }
      .map { axis in
        let parts = axis.split(separator: "=", maxSplits: 1)
        let value = parts.first == "case" ? caseSeries(parts[1]) : parts.last ?? ""
        return String(value.map { $0 == "_" || $0 == ":" ? " " : $0 })
      }
      .filter { !$0.isEmpty }
      .joined(separator: ", ")
  }

  /// A case is named for its series and, after it, its epsilon where they are several: `linear 2.7`,
  /// `linear epsilon 3`, or `epsilon 3` and `no privacy` where there is one series.
  private static func caseSeries(_ name: Substring) -> Substring {
    if name == "no privacy" { return "" }
    var words = name.split(separator: " ")[...]
    guard let last = words.last, Double(last) != nil else { return name }
    words.removeLast()
    if words.last == "epsilon" { words.removeLast() }
    return words.last.map { name[..<$0.endIndex] } ?? ""
  }
}
