public import Results

/// What audits by many runs certify against the epsilons of accounting, drawn by gnuplot as SVG and PNG.
public struct ManyRunPlot: Sendable {
  /// Data and style; it expects `set terminal` and `set output` before it.
  public let script: String

  /// - Returns: nil where fewer than two different finite epsilons are claimed, and where settings
  ///   differ in more than their noise.
  public init?(_ rows: [ManyRunRow]) {
    let rows = rows.filter(\.claim.isPrivate)
    guard let first = rows.first, Set(rows.map(\.claim.epsilonUpper)).count > 1,
      Set(rows.map { TradeoffRow.series(ofSweep: $0.sweep) }).count == 1
    else { return nil }
    let kinds: [(ManyRunRow.View, ManyRunRow.Method, title: String, style: String)] = [
      (.everyRelease, .gaussianDP, "every release, Gaussian DP", "linespoints linestyle 1"),
      (.everyRelease, .clopperPearson, "every release, any mechanism", "linespoints linestyle 2"),
      (.lastModel, .gaussianDP, "last model, Gaussian DP", "points \(Self.ring) pointtype 6"),
      (.lastModel, .clopperPearson, "last model, any mechanism", "points \(Self.ring) pointtype 4"),
    ]
    let curves = kinds.map { view, method, title, style in
      LowerBoundPlot.Curve(
        title, style: style,
        points: rows.filter { $0.view == view && $0.method == method }
          .map { ($0.claim.epsilonUpper, $0.epsilonAudited) })
    }
    script =
      LowerBoundPlot(
        curves.filter { !$0.points.isEmpty }, delta: first.claim.delta,
        captions: [meaning(of: first.claim), "\(first.runs) runs a setting"],
        confidence: first.confidence
      ).script
  }

  /// Writes `many-runs.svg`, `many-runs.png` and, when these are there, `many-runs.gnuplot`.
  public func write(to directory: String) throws(ReportingError) {
    try Gnuplot.write(script, to: "\(directory)/many-runs")
  }

  /// Around the points of whoever sees more, where both see the same.
  private static let ring = "linecolor rgb \"#333333\" linewidth 1.2 pointsize 1.4"
}
