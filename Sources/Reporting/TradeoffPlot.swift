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
    let interval = first.n > 1 ? ", mean of \(first.n), 95 % interval" : ""
    var blocks: [String] = []
    var curves: [String] = []
    for (index, (name, rows)) in series.enumerated() {
      let lines = rows.sorted { $0.claim.epsilonUpper < $1.claim.epsilonUpper }.map { row in
        numbers([
          row.claim.epsilonUpper, 100 * row.accuracyMean,
          100 * (row.accuracyLower ?? row.accuracyMean),
          100 * (row.accuracyUpper ?? row.accuracyMean),
        ])
      }
      blocks.append("$series\(index) << END\n\(lines.joined(separator: "\n"))\nEND")
      let title = name.isEmpty ? "\(first.claim.privacyUnit.rawValue)-level DP" : name
      curves.append(
        "$series\(index) using 1:3:4 with filledcurves linestyle \(index + 1) "
          + "fillstyle transparent solid 0.15 noborder notitle")
      curves.append(
        "$series\(index) using 1:2:3:4 with yerrorlines linestyle \(index + 1) "
          + "title \"\(title)\(interval)\"")
    }
    let epsilons = Set(priced.map(\.claim.epsilonUpper)).sorted()
    let range = (epsilons[0] / 1.25, epsilons[epsilons.count - 1] * 1.25)
    for (index, row) in rows.filter({ !$0.claim.isPrivate }).enumerated() {
      let name = seriesName(row.sweep)
      let ends = [range.0, range.1].map { epsilon in
        numbers([
          epsilon, 100 * row.accuracyMean, 100 * (row.accuracyLower ?? row.accuracyMean),
          100 * (row.accuracyUpper ?? row.accuracyMean),
        ])
      }
      blocks.append("$line\(index) << END\n\(ends.joined(separator: "\n"))\nEND")
      curves.append(
        "$line\(index) using 1:3:4 with filledcurves linestyle 9 "
          + "fillstyle transparent solid 0.15 noborder notitle")
      curves.append(
        "$line\(index) using 1:2 with lines linestyle 9 dashtype \(index + 2) "
          + "title \"\(name.isEmpty ? "no privacy" : "no privacy, \(name)")\"")
    }
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
      set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
      set logscale x
      set xrange [\(numbers([range.0])):\(numbers([range.1]))]
      set xtics (\(ticks(epsilons)))
      set offsets 0, 0, graph 0.06, graph 0.04
      set xlabel "Privacy loss ε (upper bound, \(deltaLabel(first.claim.delta)))"
      set ylabel "\(evaluationSplit.capitalized) accuracy (%)"
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

private func numbers(_ values: [Double]) -> String {
  values.map { String(format: "%.6f", $0) }.joined(separator: " ")
}

/// At the epsilons themselves while they are few, at powers of ten otherwise.
private func ticks(_ epsilons: [Double]) -> String {
  let places =
    epsilons.count <= 12
    ? epsilons : (-3...6).map { pow(10, Double($0)) }
  return places.map { "\"\(String(format: "%.3g", $0))\" \($0)" }.joined(separator: ", ")
}

/// `δ = 10^{-5}` for a power of ten, in gnuplot's markup.
private func deltaLabel(_ delta: Double) -> String {
  let exponent = log10(delta).rounded()
  return pow(10, exponent) == delta
    ? "δ = 10^{\(Int(exponent))}" : "δ = \(String(format: "%.3g", delta))"
}

/// What distinguishes curves: all swept values but the noise.
private func seriesName(_ sweep: String) -> String {
  shortLabel(
    sweep.split(separator: ";").filter { !$0.hasPrefix("privacy.noise=") }.joined(separator: ";")
  ).replacingOccurrences(of: "_", with: " ").trimmingPrefix("-").description
}
