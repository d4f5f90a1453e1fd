internal import Foundation
public import Results

/// Audited epsilons against an accountant's upper bounds, a curve for each method, below the diagonal that no
/// audit should pass; drawn by gnuplot as SVG and PNG.
public struct MechanismAuditPlot: Sendable {
  /// Data and style; it expects `set terminal` and `set output` before it.
  public let script: String

  /// - Returns: nil where fewer than two upper bounds are finite.
  public init?(_ rows: [MechanismAuditRow]) {
    let shown = rows.filter(\.epsilonUpper.isFinite).sorted { $0.epsilonUpper < $1.epsilonUpper }
    guard Set(shown.map(\.epsilonUpper)).count > 1, let last = shown.last else { return nil }
    var methods: [String] = []
    for row in rows where !methods.contains(row.method) { methods.append(row.method) }
    let data = methods.enumerated().map { index, method in
      let points = shown.filter { $0.method == method }.map {
        "\(plotNumber($0.epsilonUpper)) \(plotNumber($0.auditedEpsilon))"
      }
      return "$method\(index) << END\n\(points.joined(separator: "\n"))\nEND"
    }
    let curves = methods.enumerated().map { index, method in
      "$method\(index) using 1:2 with linespoints linestyle \(index + 1) title \(quoted(method))"
    }
    let caption =
      "\(last.privacyUnit) level, \(last.neighboringRelation), \(last.sampling), \(last.accountant) "
      + "accountant; audits right with \(String(format: "%.6g", 100 * last.confidence)) %"
    let end = plotNumber(last.epsilonUpper)
    script = """
      \(data.joined(separator: "\n"))
      $diagonal << END
      0 0
      \(end) \(end)
      END
      set encoding utf8
      \(plotStyles.enumerated().map { "set style line \($0 + 1) \($1)" }.joined(separator: "\n"))
      set style line 9 linecolor rgb "#333333" linewidth 2
      set border 3 linecolor rgb "#333333"
      set tics nomirror out scale 0.6
      set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
      set xrange [0:\(end)]
      set yrange [0:*]
      set xlabel "Upper bound on ε (\(deltaLabel(last.delta)))\\n{/*0.7 \(literal(caption))}"
      set ylabel "Audited lower bound on ε"
      set key top left opaque samplen 2.5 spacing 1.2
      plot $diagonal using 1:2 with lines linestyle 9 dashtype 2 title "upper bound", \\
           \(curves.joined(separator: ", \\\n     "))

      """
  }

  /// Writes `path`.gnuplot, `path`.svg and `path`.png.
  public func write(to path: String) throws(ReportingError) {
    try Gnuplot.write(script, to: path)
  }
}
