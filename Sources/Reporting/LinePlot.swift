/// Curves over a common axis, each with a band where it has one.
struct LinePlot {
  struct Point {
    let x: Double
    let y: Double
    /// Both ends of the band; nil without one.
    let band: (lower: Double, upper: Double)?
  }

  struct Series {
    let name: String
    /// By rising x.
    let points: [Point]
  }

  /// Data and style; it expects `set terminal` and `set output` before it.
  let script: String
  /// What ``script`` needs, in user units.
  let height: Int

  /// Curves that a reader still tells apart: each has a color and a mark of its own.
  static let mostSeries = plotStyles.count

  /// - Parameters:
  ///   - series: at most ``mostSeries``.
  ///   - range: of y; nil for what the curves need.
  init(_ series: [Series], x: String, y: String, range: ClosedRange<Double>? = nil) {
    precondition(series.count <= Self.mostSeries, "there are not so many colors")
    let data = series.enumerated().map { index, series in
      let lines = series.points.map { point in
        let band = point.band ?? (point.y, point.y)
        return [point.x, point.y, band.lower, band.upper].map(plotNumber).joined(separator: " ")
      }
      return "$curve\(index) << END\n\(lines.joined(separator: "\n"))\nEND"
    }
    let bands = series.indices.filter { series[$0].points.contains { $0.band != nil } }.map {
      "$curve\($0) using 1:3:4 with filledcurves linecolor rgb \"\(Ink.curves[$0].light)\" "
        + "fillstyle transparent solid 0.16 noborder notitle"
    }
    let curves = series.enumerated().map { index, series in
      "$curve\(index) using 1:2 with linespoints linestyle \(index + 1) title \(quoted(series.name))"
    }
    let key = PlotKey(series.map(\.name), width: Drawing.width)
    height = Drawing.height + (series.count > 1 ? key.height : 0)
    script = """
      \(data.joined(separator: "\n"))
      set encoding utf8
      \(plotStyles.enumerated().map { "set style line \($0 + 1) \($1)" }.joined(separator: "\n"))
      set border 3 linecolor rgb "#333333"
      set tics nomirror out scale 0.6
      set xtics offset 0, 0.3
      set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
      set offsets 0, 0, graph 0.04, graph 0.04
      set xrange [0:*]
      \(range.map { "set yrange [\(plotNumber($0.lowerBound)):\(plotNumber($0.upperBound))]" } ?? "")
      set xlabel \(quoted(x)) offset 0, 0.4
      set ylabel \(quoted(y))
      \(series.count > 1 ? "set key \(key.settings)" : "unset key")
      plot \((bands + curves).joined(separator: ", \\\n     "))

      """
  }
}
