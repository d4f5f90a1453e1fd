internal import Accounting
internal import Foundation
public import Results

/// Receiver operating curves of attacks on membership on logarithmic axes, which show the few members that are
/// told with hardly a false alarm (Carlini et al. 2022), with what each guarantee allows; drawn by gnuplot as SVG
/// and PNG. The script holds its data, so a paper can restyle it.
public struct MembershipPlot: Sendable {
  /// Data and style; it expects `set terminal` and `set output` before it.
  public let script: String

  /// - Returns: nil where there are more settings than colors.
  public init?(_ rows: [MembershipRow], _ points: [MembershipPoint]) {
    guard let first = rows.first, rows.count <= plotStyles.count else { return nil }
    let names = SettingNames(
      rows.map { (setting: $0.setting, sweep: $0.sweep, claim: $0.claim) })
    var data: [String] = []
    var curves: [String] = []
    func draw(_ name: String, _ values: [(Double, Double?)], _ style: String) {
      let shown = values.filter { $0.1 ?? 0 > 0 }.map {
        "\(plotNumber($0.0)) \(plotNumber($0.1!))"
      }
      guard !shown.isEmpty else { return }
      data.append("$\(name) << END\n\(shown.joined(separator: "\n"))\nEND")
      curves.append("$\(name) using 1:2 with lines \(style)")
    }
    for (index, row) in rows.enumerated() {
      let style = "linestyle \(index + 1)"
      let name = names[row.setting, sweep: row.sweep]
      func values(_ attack: MembershipAttack) -> [MembershipPoint] {
        points.filter { $0.setting == row.setting && $0.attack == attack }
      }
      draw(
        "lira\(index)", values(.lira).map { ($0.falsePositiveRate, $0.truePositiveRate) },
        "\(style) title \(quoted(name))")
      draw(
        "loss\(index)", values(.lossThreshold).map { ($0.falsePositiveRate, $0.truePositiveRate) },
        "\(style) linewidth 1.4 dashtype 3 notitle")
      draw(
        "limit\(index)", values(.lira).map { ($0.falsePositiveRate, $0.limit) },
        "\(style) linewidth 1.4 dashtype 2 notitle")
    }
    curves.append("[1e-5:1] x with lines linestyle 9 title \"blind guessing\"")
    let lines =
      "solid: LiRA; dotted: loss threshold"
      + (rows.contains { $0.limit != nil } ? "; dashed: the most that the guarantee allows" : "")
    let setting =
      "\(first.shadowModels) models, \(first.targets) examples each"
      + (rows.first { $0.claim.isPrivate }.map {
        "; \($0.claim.privacyUnit.rawValue) level, \($0.claim.neighboringRelation.rawValue), "
          + "\(deltaLabel($0.claim.delta))"
      } ?? "")
    script = """
      \(data.joined(separator: "\n"))
      set encoding utf8
      \(plotStyles.enumerated().map { "set style line \($0 + 1) \($1)" }.joined(separator: "\n"))
      set style line 9 linecolor rgb "#777777" linewidth 1
      set border 3 linecolor rgb "#333333"
      set tics nomirror out scale 0.6
      set grid xtics ytics linecolor rgb "#CCCCCC" linewidth 0.7
      set logscale xy
      set format xy "10^{%T}"
      set xrange [1e-5:1]
      set yrange [1e-5:1]
      set xlabel "False positive rate\\n{/*0.7 \(literal(lines))}\\n{/*0.7 \(setting)}"
      set ylabel "True positive rate"
      set key bottom right opaque samplen 2.5 spacing 1.2
      plot \(curves.joined(separator: ", \\\n     "))

      """
  }

  /// Writes `membership.svg`, `membership.png` and, when these are there, `membership.gnuplot`.
  public func write(to directory: String) throws(ReportingError) {
    try Gnuplot.write(script, to: "\(directory)/membership")
  }
}
