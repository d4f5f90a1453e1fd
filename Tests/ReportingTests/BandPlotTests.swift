import Foundation
import Reporting
import Testing
import _TestSupport

@Suite struct BandPlotTests {
  private static let points: [BandPlot.Point] = [
    .init(x: 0, lower: 0, upper: 0.5), .init(x: 1, lower: 0, upper: 1),
    .init(x: 10, lower: 2, upper: 4), .init(x: 100, lower: 5, upper: .infinity),
  ]

  @Test func theBandIsBetweenTheBounds() throws {
    let plot = try #require(
      BandPlot(
        Self.points, x: .init("Rounds"), y: .epsilon(atDelta: 1e-5), caption: "client_level",
        reference: .init("perfect", [(0, 1), (1, 0)])))
    #expect(plot.script.hasPrefix("$band << END\n0 0 0.5\n1 0 1\n10 2 4\nEND\n"))
    #expect(plot.script.contains("$reference << END\n0 1\n1 0\nEND\n"))
    #expect(plot.script.contains("set ylabel \"Privacy loss ε (δ = 10^{-5})\""))
    #expect(plot.script.contains(#"set xlabel "Rounds\n{/*0.7 client\\_level}""#))
    #expect(plot.script.contains("set xrange [0:10]"))
    #expect(plot.script.contains("unset logscale x"))
  }

  /// A lower bound of 0 has no place on a logarithmic axis: the band then ends at the least bound.
  @Test func logarithmicAxesLeaveZeroOut() throws {
    let plot = try #require(
      BandPlot(
        Self.points, x: .init("Rounds", isLogarithmic: true), y: .init("y", isLogarithmic: true),
        caption: ""))
    #expect(plot.script.hasPrefix("$band << END\n1 1 1\n10 2 4\nEND\n"))
    #expect(plot.script.contains("set logscale x\nset format x \"10^{%T}\"\n"))
  }

  @Test func onePointIsNoCurve() {
    #expect(
      BandPlot(
        [Self.points[0], Self.points[3]], x: .init("x"), y: .init("y"), caption: "") == nil)
  }

  @Test(.enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
  func gnuplotDrawsIt() throws {
    let folder = try TemporaryFolder()
    let plot = try #require(
      BandPlot(
        Self.points, x: .init("Rate {q}_1"), y: .epsilon(atDelta: 3e-6), caption: "a & b",
        reference: .init("perfect", [(0, 1), (10, 0)])))
    try plot.write(to: folder.at("curve"))
    #expect(folder.contents == ["curve.gnuplot", "curve.png", "curve.svg"])
    #expect(try folder.text("curve.gnuplot") == plot.script)
    let svg = try folder.text("curve.svg")
    for text in ["upper bound", "lower bound", "perfect"] { #expect(svg.contains(text)) }
    #expect(try folder.data("curve.png").starts(with: [0x89, 0x50, 0x4e, 0x47]))
  }
}
