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
    let accounted = "accounted (upper bound)"
    var curves = [
      "$accounted using 1:2 with lines linestyle 9 dashtype 2 title \"\(accounted)\""
    ]
    let kinds: [(ManyRunRow.View, ManyRunRow.Method, String)] = [
      (.everyRelease, .gaussianDP, "every release, Gaussian DP"),
      (.everyRelease, .clopperPearson, "every release, Clopper-Pearson"),
      (.lastModel, .gaussianDP, "last model, Gaussian DP"),
      (.lastModel, .clopperPearson, "last model, Clopper-Pearson"),
    ]
    var titles = [accounted]
    for (index, (view, method, title)) in kinds.enumerated() {
      let points = rows.filter { $0.view == view && $0.method == method }
      guard !points.isEmpty else { continue }
      titles.append(title)
      data.append(
        Self.block("audit\(index)", points.map { [$0.claim.epsilonUpper, $0.epsilonAudited] }))
      curves.append(
        "$audit\(index) using 1:2 with linespoints linestyle \(index + 1) title \(quoted(title))")
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
      set key \(PlotKey(titles, width: Gnuplot.width).settings)
      plot \(curves.joined(separator: ", \\\n     "))

      """
  }

  /// Writes `many-runs.svg`, `many-runs.png` and, when these are there, `many-runs.gnuplot`.
  public func write(to directory: String) throws(ReportingError) {
    try Gnuplot.write(script, to: "\(directory)/many-runs")
  }

  /// By rising epsilon.
  private static func block(_ name: String, _ points: [[Double]]) -> String {
    let lines = points.sorted { $0[0] < $1[0] }.map { $0.map(plotNumber).joined(separator: " ") }
    return "$\(name) << END\n\(lines.joined(separator: "\n"))\nEND"
  }
}
