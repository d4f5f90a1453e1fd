internal import Accounting
internal import Foundation
public import Results

/// What audits certify against what the accountant guarantees, drawn by gnuplot as SVG and PNG: a sound engine
/// stays below the diagonal, up to the audit's confidence. The script holds its data.
public struct AuditPlot: Sendable {
  /// Data and style; it expects `set terminal` and `set output` before it.
  public let script: String

  /// - Returns: nil where no setting with a finite epsilon is audited.
  public init?(_ rows: [TradeoffRow]) {
    let audited = rows.filter { $0.audit != nil }
    let series = PlotSeries.all(of: audited).filter { !$0.curve.isEmpty }
    let points = series.flatMap(\.curve)
    guard let first = points.first, let audit = first.audit else { return nil }
    let greatest = points.map { max($0.claim.epsilonUpper, $0.audit?.epsilonLower ?? 0) }.max() ?? 1
    let end = plotNumber(greatest * 1.08)
    var data = ["$diagonal << END\n0 0\n\(end) \(end)\nEND"]
    var curves = [
      "$diagonal using 1:2 with lines linestyle 9 dashtype 2 title \"the accountant's upper bound\""
    ]
    for (index, series) in series.enumerated() {
      let lines = series.curve.map {
        [$0.claim.epsilonUpper, $0.audit?.epsilonLower ?? 0].map(plotNumber).joined(separator: " ")
      }
      data.append("$curve\(index) << END\n\(lines.joined(separator: "\n"))\nEND")
      let title = series.name.isEmpty ? "audited lower bound" : series.name
      curves.append(
        "$curve\(index) using 1:2 with linespoints linestyle \(index % plotStyles.count + 1) "
          + "title \(quoted(title))")
    }
    let claim = first.claim
    let caption =
      "\(claim.privacyUnit.rawValue) level, \(claim.neighboringRelation.rawValue), "
      + "\(claim.sampling), \(claim.accountant.rawValue) accountant"
    let confidence = String(format: "%g %% confidence each", 100 * audit.confidence)
    script = """
      \(data.joined(separator: "\n"))
      set encoding utf8
      \(plotStyles.enumerated().map { "set style line \($0 + 1) \($1)" }.joined(separator: "\n"))
      set style line 9 linecolor rgb "#333333" linewidth 2
      set border 3 linecolor rgb "#333333"
      set tics nomirror out scale 0.6
      set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
      set xrange [0:\(end)]
      set yrange [0:\(end)]
      set xlabel "Privacy loss ε (upper bound, \(deltaLabel(claim.delta)))\\n{/*0.7 \(literal(caption))}"
      set ylabel "Audited ε (lower bound)\\n{/*0.7 \(literal(confidence))}"
      set key top left opaque samplen 2.5 spacing 1.2
      plot \(curves.joined(separator: ", \\\n     "))

      """
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
