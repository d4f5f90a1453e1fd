internal import Accounting
internal import Foundation
public import Results

/// Accuracy against epsilon on a logarithmic axis, with intervals and the non-private line, drawn by
/// gnuplot as SVG and PNG. The script holds its data, so a paper can restyle it.
public struct TradeoffPlot: Sendable {
  /// Data and style; it expects `set terminal` and `set output` before it.
  public let script: String

  /// - Returns: nil where there is no curve to draw: fewer than two finite epsilons.
  public init?(_ rows: [TradeoffRow], evaluationSplit: String, measure: String = "accuracy") {
    self.init(rows, evaluationSplit: evaluationSplit, measure: measure, isCaptioned: true)
  }

  /// - Parameter isCaptioned: whether the axis says what epsilon and intervals mean, which a text below
  ///   the plot may say instead.
  init?(_ rows: [TradeoffRow], evaluationSplit: String, measure: String, isCaptioned: Bool) {
    let series = PlotSeries.all(of: rows)
    guard let first = series.first?.curve.first else { return nil }
    let epsilons = Set(series.flatMap(\.curve).map(\.claim.epsilonUpper)).sorted()
    guard epsilons.count > 1 else { return nil }
    let ends = [epsilons[0] / 1.25, epsilons[epsilons.count - 1] * 1.25].map(plotNumber)
    let isAlone = series.count == 1
    var data: [String] = []
    var curves: [String] = []
    for (index, series) in series.enumerated() {
      let style = index % plotStyles.count + 1
      data.append(
        Self.block(
          "curve\(index)", series.curve.map { Self.point($0, plotNumber($0.claim.epsilonUpper)) }))
      if isAlone {
        curves.append(
          "$curve\(index) using 1:3:4 with filledcurves linecolor rgb \"#D9EAF4\" "
            + "fillstyle solid noborder notitle")
      }
      let title = isAlone ? "\(first.claim.privacyUnit.rawValue)-level privacy" : series.name
      curves.append(
        "$curve\(index) using 1:2:3:4 with yerrorlines linestyle \(style) title \(quoted(title))")
      if let baseline = series.baseline {
        data.append(Self.block("line\(index)", ends.map { Self.point(baseline, $0) }))
        if isAlone {
          curves.append(
            "$line\(index) using 1:3:4 with filledcurves linecolor rgb \"#DDDDDD\" "
              + "fillstyle solid noborder notitle")
        }
        curves.append(
          "$line\(index) using 1:2 with lines linestyle \(isAlone ? 9 : style) dashtype 2 "
            + (isAlone ? "title \"no privacy\"" : "notitle"))
      }
    }
    let interval = first.n > 1 ? "mean of \(first.n) with 95 % interval" : "one run each"
    let isCompared = series.contains { $0.baseline != nil }
    let caption =
      isAlone ? interval : "points: \(interval)" + (isCompared ? "; dashed: no privacy" : "")
    let names = series.map(\.name)
    let place = isAlone ? "bottom right" : Self.keyBelow(names)
    let key =
      isAlone || isCaptioned
      ? "\(place) opaque samplen 2.5 spacing 1.2" : PlotKey(names, width: Drawing.width).settings
    let captions = isCaptioned ? Self.meanings(of: series) + [caption] : []
    let axis =
      "Privacy loss ε (upper bound, \(deltaLabel(first.claim.delta)))"
      + small(captions)
    script = """
      \(data.joined(separator: "\n"))
      \(plotFrame)
      set logscale x
      set xrange [\(ends[0]):\(ends[1])]
      set xtics (\(Self.ticks(epsilons)))
      set offsets 0, 0, graph 0.06, graph 0.04
      set xlabel "\(axis)"
      set ylabel \(quoted("\(sentence(evaluationSplit)) \(measure) (%)"))
      set key \(key)
      plot \(curves.joined(separator: ", \\\n     "))

      """
  }

  /// Writes `tradeoff.svg`, `tradeoff.png` and, when these are there, `tradeoff.gnuplot` into a folder.
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

  private static func path(in directory: String) -> String { "\(directory)/tradeoff" }

  /// A named data block: epsilon, mean, lower and upper end in percent.
  private static func block(_ name: String, _ points: [String]) -> String {
    "$\(name) << END\n\(points.joined(separator: "\n"))\nEND"
  }

  private static func point(_ row: TradeoffRow, _ epsilon: String) -> String {
    let accuracies = [
      row.accuracyMean, row.accuracyLower ?? row.accuracyMean,
      row.accuracyUpper ?? row.accuracyMean,
    ]
    return ([epsilon] + accuracies.map { plotNumber(100 * $0) }).joined(separator: " ")
  }

  /// What every epsilon of the plot is about: a line for each meaning that occurs.
  static func meanings(of series: [PlotSeries]) -> [String] {
    var meanings: [String] = []
    for meaning in series.flatMap(\.curve).map({ meaning(of: $0.claim) })
    where !meanings.contains(meaning) {
      meanings.append(meaning)
    }
    return meanings
  }

  /// Names side by side, or under each other where two do not fit.
  private static func keyBelow(_ names: [String]) -> String {
    let longest = names.map(\.count).max() ?? 0
    return "below horizontal" + (longest > 20 ? " maxcols 1" : "")
  }

  private static let closestTicks = 1.02
  /// Of the axis, for a letter of a label.
  private static let letterWidth = 0.02

  /// At the epsilons themselves while they are few, of which those that lie too close to the one before
  /// for two labels share its own; at 1, 2 and 5 of each decade otherwise.
  private static func ticks(_ epsilons: [Double]) -> String {
    let length = log(epsilons[epsilons.count - 1] / epsilons[0]) + 2 * log(1.25)
    var apart: [Double] = []
    for epsilon in epsilons {
      let room = max(
        log(closestTicks), letterWidth * Double(tickLabel(epsilon).count + 1) * length)
      if apart.isEmpty || log(epsilon / apart[apart.count - 1]) > room { apart.append(epsilon) }
    }
    let places =
      epsilons.count <= 10
      ? apart : (-3...6).flatMap { decade in [1, 2, 5].map { $0 * pow(10, Double(decade)) } }
    return places.map { "\"\(tickLabel($0))\" \(plotNumber($0))" }.joined(separator: ", ")
  }

  private static func tickLabel(_ epsilon: Double) -> String { String(format: "%.3g", epsilon) }
}
