/// What a run did, when it has ended.
public struct RunSummary: CustomStringConvertible {
  public let description: String

  /// - Parameters:
  ///   - kept: trials of an earlier run.
  ///   - slowest: a setting as the sweep names it, and the seconds of one of its trials; nil where
  ///     nothing was computed.
  public init(computed: Int, kept: Int, seconds: Double, slowest: (sweep: String, seconds: Double)?)
  {
    let noun = computed == 1 ? "trial" : "trials"
    var parts = ["computed \(computed) \(noun) in \(durationText(seconds))"]
    if kept > 0 { parts[0] += ", kept \(kept) of an earlier run" }
    if let slowest {
      let name = slowest.sweep.isEmpty ? "" : " \(shortLabel(slowest.sweep)),"
      parts.append("slowest setting:\(name) \(durationText(slowest.seconds)) a trial")
    }
    description = parts.joined(separator: "; ")
  }
}
