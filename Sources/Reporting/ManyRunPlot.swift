internal import Accounting
internal import Foundation
public import Results

/// Audited epsilons against the epsilons of accounting, drawn by gnuplot as SVG and PNG.
public struct ManyRunPlot: Sendable {
  /// Data and style; it expects `set terminal` and `set output` before it.
  public let script: String

  /// - Returns: nil where fewer than two different finite epsilons are claimed, and where settings
  ///   differ in more than their noise.
  public init?(_ rows: [ManyRunRow]) {
    let rows = rows.filter(\.claim.isPrivate)
    let epsilons = Set(rows.map(\.claim.epsilonUpper)).sorted()
    guard let first = rows.first, epsilons.count > 1,
      Set(rows.map { TradeoffRow.series(ofSweep: $0.sweep) }).count == 1
    else { return nil }
    var data = [
      Self.block(
        "accounted", rows.map { [$0.claim.epsilonUpper, $0.claim.epsilonUpper] })
    ]
    var curves = [
      "$accounted using 1:2 with lines linestyle 9 dashtype 2 title \"accounted (upper bound)\""
    ]
    let kinds: [(ManyRunRow.View, ManyRunRow.Method, title: String, style: String)] = [
      (.everyRelease, .gaussianDP, "every release, Gaussian DP", "linespoints linestyle 1"),
      (.everyRelease, .clopperPearson, "every release, any mechanism", "linespoints linestyle 2"),
      (.lastModel, .gaussianDP, "last model, Gaussian DP", "points \(Self.ring) pointtype 6"),
      (.lastModel, .clopperPearson, "last model, any mechanism", "points \(Self.ring) pointtype 4"),
    ]
    for (index, (view, method, title, style)) in kinds.enumerated() {
      let points = rows.filter { $0.view == view && $0.method == method }
      guard !points.isEmpty else { continue }
      data.append(
        Self.block("audit\(index)", points.map { [$0.claim.epsilonUpper, $0.epsilonAudited] }))
      curves.append("$audit\(index) using 1:2 with \(style) title \(quoted(title))")
    }
    let claim = first.claim
    let meaning =
      "\(claim.privacyUnit.rawValue) level, \(claim.neighboringRelation.rawValue), "
      + "\(claim.sampling), \(claim.accountant.rawValue) accountant"
    let runs = String(
      format: "%d runs a setting, each point right at %.4g %% confidence", first.runs,
      100 * first.confidence)
    script = """
      \(data.joined(separator: "\n"))
      set encoding utf8
      \(plotStyles.enumerated().map { "set style line \($0 + 1) \($1)" }.joined(separator: "\n"))
      set style line 9 linecolor rgb "#333333" linewidth 2
      set border 3 linecolor rgb "#333333"
      set tics nomirror out scale 0.6
      set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
      set xrange [0:\(plotNumber(epsilons[epsilons.count - 1] * 1.04))]
      set yrange [0:\(plotNumber(epsilons[epsilons.count - 1] * 1.04))]
      set xlabel "Accounted ε (upper bound, \(deltaLabel(claim.delta)))\\n{/*0.7 \(literal(meaning))}\\n{/*0.7 \(literal(runs))}"
      set ylabel "Audited ε (lower bound)"
      set key top left Left reverse font ",10" samplen 2 spacing 1.1
      plot \(curves.joined(separator: ", \\\n     "))

      """
  }

  /// Writes `many-runs.svg`, `many-runs.png` and, when these are there, `many-runs.gnuplot`.
  public func write(to directory: String) throws(ReportingError) {
    try Gnuplot.write(script, to: "\(directory)/many-runs")
  }

  /// Around the points of whoever sees more, where both see the same.
  private static let ring = "linecolor rgb \"#333333\" linewidth 1.2 pointsize 1.4"

  /// By rising epsilon.
  private static func block(_ name: String, _ points: [[Double]]) -> String {
    let lines = points.sorted { $0[0] < $1[0] }.map { $0.map(plotNumber).joined(separator: " ") }
    return "$\(name) << END\n\(lines.joined(separator: "\n"))\nEND"
  }
}
