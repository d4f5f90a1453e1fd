internal import Accounting
internal import Foundation
public import Results

/// Accuracy against epsilon on a logarithmic axis, with intervals and the non-private line, drawn by
/// gnuplot as SVG and PNG. The script holds its data, so a paper can restyle it.
public struct TradeoffPlot: Sendable {
  /// Data and style; it expects `set terminal` and `set output` before it.
  public let script: String

  /// - Returns: nil when no row has a finite epsilon.
  public init?(_ rows: [TradeoffRow], evaluationSplit: String) {
    let priced = rows.filter(\.claim.isPrivate)
    guard let first = priced.first else { return nil }
    let series = Dictionary(grouping: priced) { seriesName($0.sweep) }.sorted { $0.key < $1.key }
    var blocks: [String] = []
    var curves: [String] = []
    for (index, (name, rows)) in series.enumerated() {
      let lines = rows.sorted { $0.claim.epsilonUpper < $1.claim.epsilonUpper }.map { row in
        [
          row.claim.epsilonUpper, 100 * row.accuracyMean,
          100 * (row.accuracyLower ?? row.accuracyMean),
          100 * (row.accuracyUpper ?? row.accuracyMean),
        ].map { String(format: "%.6f", $0) }.joined(separator: " ")
      }
      blocks.append("$series\(index) << END\n\(lines.joined(separator: "\n"))\nEND")
      let title = name.isEmpty ? "\(first.claim.privacyUnit.rawValue)-level DP" : name
      curves.append(
        "$series\(index) using 1:3:4 with filledcurves linestyle \(index + 1) "
          + "fillstyle transparent solid 0.15 noborder notitle")
      curves.append(
        "$series\(index) using 1:2:3:4 with yerrorlines linestyle \(index + 1) "
          + "title \"\(title)\"")
    }
    for (index, row) in rows.filter({ !$0.claim.isPrivate }).enumerated() {
      let name = seriesName(row.sweep)
      let title = name.isEmpty ? "no privacy" : "no privacy, \(name)"
      curves.append(
        String(format: "%.6f", 100 * row.accuracyMean)
          + " with lines linestyle 9 dashtype \(index + 2) title \"\(title)\"")
    }
    let interval = first.n > 1 ? " (mean of \(first.n), 95 % interval)" : ""
    let label = "\(evaluationSplit.capitalized) accuracy, %\(interval)"
    script = """
      \(blocks.joined(separator: "\n"))
      set encoding utf8
      set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
      set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
      set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
      set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
      set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
      set style line 9 linecolor rgb "#333333" linewidth 1.5
      set border 3 linecolor rgb "#333333"
      set tics nomirror out scale 0.6
      set grid ytics linecolor rgb "#BBBBBB" linewidth 0.5
      set logscale x 2
      set format x "%g"
      set offsets graph 0.04, graph 0.04, graph 0.06, graph 0.04
      set xlabel "Privacy loss ε at δ = \(first.claim.delta), upper bound"
      set ylabel "\(label)"
      set key bottom right opaque samplen 2 spacing 1.2
      plot \(curves.joined(separator: ", \\\n     "))

      """
  }

  /// Writes `tradeoff.gnuplot`, `tradeoff.svg` and `tradeoff.png` into a folder.
  public func write(to directory: String) throws(ReportingError) {
    do {
      try script.write(
        toFile: "\(directory)/tradeoff.gnuplot", atomically: true, encoding: .utf8)
    } catch {
      throw .cannotWrite(path: "\(directory)/tradeoff.gnuplot", reason: error.localizedDescription)
    }
    // Three and a half inches wide, the column of a two-column paper; the PNG at 400 dots an inch.
    try Gnuplot.draw(
      script, terminal: "svg size 504,350 dynamic font \"DejaVu Sans,12\"",
      to: "\(directory)/tradeoff.svg")
    try Gnuplot.draw(
      script,
      terminal:
        "pngcairo size 1400,972 font \"DejaVu Sans,12\" fontscale 2.2 linewidth 2.4 pointscale 2",
      to: "\(directory)/tradeoff.png")
  }
}

/// What distinguishes curves: all swept values but the noise.
private func seriesName(_ sweep: String) -> String {
  shortLabel(
    sweep.split(separator: ";").filter { !$0.hasPrefix("privacy.noise=") }.joined(separator: ";")
  ).replacingOccurrences(of: "_", with: " ").trimmingPrefix("-").description
}
