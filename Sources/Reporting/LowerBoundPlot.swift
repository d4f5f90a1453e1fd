internal import Foundation

/// Audited epsilons against the epsilons of accounting: what is sound stays below the diagonal, up to the
/// audits' confidence. The script holds its data.
struct LowerBoundPlot {
  /// One kind of audit.
  struct Curve {
    let title: String
    /// How gnuplot draws it.
    let style: String
    let points: [(accounted: Double, audited: Double)]

    /// Drawn in the style of this number, from 0.
    init(_ title: String, number: Int, points: [(accounted: Double, audited: Double)]) {
      self.init(
        title, style: "linespoints linestyle \(number % plotStyles.count + 1)", points: points)
    }

    init(_ title: String, style: String, points: [(accounted: Double, audited: Double)]) {
      self.title = title
      self.style = style
      self.points = points.sorted { $0.accounted < $1.accounted }
    }
  }

  let script: String

  /// - Parameters:
  ///   - curves: with finite epsilons.
  ///   - delta: of all epsilons.
  ///   - captions: what the epsilons are about.
  ///   - confidence: how often each audit is right.
  init(_ curves: [Curve], delta: Double, captions: [String], confidence: Double) {
    let greatest = curves.flatMap(\.points).map { max($0.accounted, $0.audited) }.max() ?? 1
    let end = plotNumber(greatest * 1.08)
    var data = ["$diagonal << END\n0 0\n\(end) \(end)\nEND"]
    var lines = [
      "$diagonal using 1:2 with lines linestyle 9 dashtype 2 title \"the accountant's upper bound\""
    ]
    for (index, curve) in curves.enumerated() {
      let points = curve.points.map { "\(plotNumber($0.accounted)) \(plotNumber($0.audited))" }
      data.append("$curve\(index) << END\n\(points.joined(separator: "\n"))\nEND")
      lines.append("$curve\(index) using 1:2 with \(curve.style) title \(quoted(curve.title))")
    }
    let certainty = String(format: "%.6g %% confidence each", 100 * confidence)
    script = """
      \(data.joined(separator: "\n"))
      \(plotFrame)
      set xrange [0:\(end)]
      set yrange [0:\(end)]
      set xlabel "Privacy loss ε (upper bound, \(deltaLabel(delta)))\(small(captions))"
      set ylabel "Audited ε (lower bound)\(small([certainty]))"
      set key top left Left reverse opaque font ",10" samplen 2.5 spacing 1.15
      plot \(lines.joined(separator: ", \\\n     "))

      """
  }
}
