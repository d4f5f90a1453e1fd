public import Results

/// What audits of an experiment's runs certify against what the accountant guarantees, drawn by gnuplot as SVG
/// and PNG.
public struct AuditPlot: Sendable {
  /// Data and style; it expects `set terminal` and `set output` before it.
  public let script: String

  /// - Returns: nil where no setting with a finite epsilon is audited.
  public init?(_ rows: [TradeoffRow]) {
    let series = PlotSeries.all(of: rows.filter { $0.audit != nil }).filter { !$0.curve.isEmpty }
    guard let first = series.first?.curve.first, let audit = first.audit else { return nil }
    script =
      LowerBoundPlot(
        series.enumerated().map { index, series in
          LowerBoundPlot.Curve(
            series.name.isEmpty ? "audited lower bound" : series.name, number: index,
            points: series.curve.map { ($0.claim.epsilonUpper, $0.audit?.epsilonLower ?? 0) })
        }, delta: first.claim.delta, captions: TradeoffPlot.meanings(of: series),
        confidence: audit.confidence
      ).script
  }

  /// Writes `audit.svg`, `audit.png` and, when these are there, `audit.gnuplot` into a folder.
  public func write(to directory: String) throws(ReportingError) {
    try Gnuplot.write(script, to: Self.path(in: directory))
  }

  /// Whether the folder holds a plot that is not out of date.
  public static func isWritten(in directory: String) -> Bool {
    Gnuplot.isWritten(path(in: directory))
  }

  /// Says that results come that the folder's plot, if there is one, is not of.
  public static func markOutOfDate(in directory: String) throws(ReportingError) {
    try Gnuplot.markOutOfDate(path(in: directory))
  }

  private static func path(in directory: String) -> String { "\(directory)/audit" }
}
