internal import Foundation

/// A curve known between two bounds: both of them, and the band between, drawn by gnuplot as SVG and
/// PNG. The script holds its data, so a paper can restyle it.
public struct BandPlot: Sendable {
  /// Data and style; it expects `set terminal` and `set output` before it.
  public let script: String

  public struct Point: Sendable {
    public let x: Double
    public let lower: Double
    public let upper: Double

    public init(x: Double, lower: Double, upper: Double) {
      self.x = x
      self.lower = lower
      self.upper = upper
    }
  }

  public struct Axis: Sendable {
    /// The label in gnuplot's markup.
    let label: String
    let isLogarithmic: Bool

    /// `label` is shown as it is, letter by letter.
    public init(_ label: String, isLogarithmic: Bool = false) {
      self.label = literal(label)
      self.isLogarithmic = isLogarithmic
    }

    private init(markup: String) {
      label = markup
      isLogarithmic = false
    }

    /// Of epsilons, all at one delta unless it is nil.
    public static func epsilon(atDelta delta: Double?) -> Axis {
      Axis(markup: "Privacy loss ε" + (delta.map { " (\(deltaLabel($0)))" } ?? ""))
    }
  }

  /// A dashed line to compare with.
  public struct Reference: Sendable {
    public let title: String
    public let points: [(x: Double, y: Double)]

    public init(_ title: String, _ points: [(x: Double, y: Double)]) {
      self.title = title
      self.points = points
    }
  }

  /// Points that are infinite, or not positive where the axis is logarithmic, are left out.
  ///
  /// - Parameters:
  ///   - points: By rising x.
  ///   - caption: What the curve is about, in small letters below the axis.
  /// - Returns: nil where fewer than two points are left.
  public init?(
    _ points: [Point], x: Axis, y: Axis, caption: String, reference: Reference? = nil
  ) {
    let shown = points.filter {
      $0.upper.isFinite && x.shows($0.x) && y.shows($0.upper)
    }
    guard shown.count > 1 else { return nil }
    let floor = (shown.map(\.lower) + shown.map(\.upper)).filter(y.shows).min() ?? 0
    var data = [
      block("band", shown.map { [$0.x, y.shows($0.lower) ? $0.lower : floor, $0.upper] })
    ]
    var curves = [
      "$band using 1:2:3 with filledcurves linecolor rgb \"#D9EAF4\" fillstyle solid noborder "
        + "notitle",
      "$band using 1:3 with lines linestyle 1 title \"upper bound\"",
      "$band using 1:2 with lines linestyle 1 dashtype 3 title \"lower bound\"",
    ]
    if let reference {
      data.append(block("reference", reference.points.map { [$0.x, $0.y] }))
      curves.append(
        "$reference using 1:2 with lines linestyle 9 dashtype 2 title \(quoted(reference.title))")
    }
    script = """
      \(data.joined(separator: "\n"))
      set encoding utf8
      set style line 1 \(plotStyles[0])
      set style line 9 linecolor rgb "#333333" linewidth 2
      set border 3 linecolor rgb "#333333"
      set tics nomirror out scale 0.6
      set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
      \(x.settings("x"))
      \(y.settings("y"))
      set xrange [\(plotNumber(shown[0].x)):\(plotNumber(shown[shown.count - 1].x))]
      set xlabel "\(x.label)\\n{/*0.7 \(literal(caption))}"
      set ylabel "\(y.label)"
      set key \(Self.emptyCorner(shown)) opaque samplen 2.5 spacing 1.2
      plot \(curves.joined(separator: ", \\\n     "))

      """
  }

  /// Writes `path`.gnuplot, `path`.svg and `path`.png.
  public func write(to path: String) throws(ReportingError) {
    try Gnuplot.write(script, to: path)
  }

  /// Rising curves leave the upper left free, falling ones the upper right.
  private static func emptyCorner(_ points: [Point]) -> String {
    points[0].upper < points[points.count - 1].upper ? "top left" : "top right"
  }
}

extension BandPlot.Axis {
  fileprivate func shows(_ value: Double) -> Bool {
    value.isFinite && (value > 0 || !isLogarithmic)
  }

  /// Powers of ten are written as such.
  fileprivate func settings(_ name: String) -> String {
    isLogarithmic
      ? "set logscale \(name)\nset format \(name) \"10^{%T}\"" : "unset logscale \(name)"
  }
}

/// A named data block.
private func block(_ name: String, _ rows: [[Double]]) -> String {
  let lines = rows.map { $0.map(plotNumber).joined(separator: " ") }
  return "$\(name) << END\n\(lines.joined(separator: "\n"))\nEND"
}
