import Foundation
import Testing

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite(.enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
struct DrawingTests {
  private let drawing: Drawing

  init() throws {
    let plot = LinePlot(
      ["a & b", "<c>"].map { name in
        LinePlot.Series(
          name: name,
          points: (1...3).map { LinePlot.Point(x: Double($0), y: 5, band: (4, 6)) })
      }, x: "Round", y: "%")
    drawing = try Drawing(plot.script, height: plot.height)
  }

  @Test func aPageColorsIt() {
    let svg = drawing.inline(name: "one", title: "T", description: "D")
    let known = Set(Ink.all.map(\.light))
    for color in svg.matches(of: /(?:fill|stroke|color)="([^"]*)"/).map(\.1) {
      #expect(known.contains(String(color)) || color == "none" || color == "currentColor")
    }
    #expect(!svg.contains("rgb(") && !svg.lowercased().contains("gnuplot"))
  }

  @Test func partsAreNamedForTheFigure() {
    let svg = drawing.inline(name: "one", title: "T", description: "D")
    let ids = svg.matches(of: /id="([^"]*)"/).map(\.1)
    #expect(!ids.isEmpty && ids.allSatisfy { $0.hasPrefix("one-") })
    #expect(Set(ids).count == ids.count)
    for use in svg.matches(of: /href="#([^"]*)"/) { #expect(ids.contains(use.1)) }
  }

  @Test func wordsStandForIt() {
    let svg = drawing.inline(name: "one", title: "A < B", description: "\"D\"")
    #expect(svg.contains("role=\"img\" aria-labelledby=\"one-title one-description\""))
    #expect(svg.contains("<title id=\"one-title\">A &lt; B</title>"))
    #expect(svg.contains("<desc id=\"one-description\">&quot;D&quot;</desc>"))
  }

  @Test func aFileOfItsOwnIsWellFormed() {
    let file = drawing.standalone(name: "one", title: "A < B", description: "D & E")
    #expect(XMLParser(data: Data(file.utf8)).parse())
    #expect(file.contains("a &amp; b") && file.contains("&lt;c"))
    #expect(file.contains("<rect width=\"420\""))
  }

  @Test func theSamePlotGivesTheSameBytes() throws {
    let bars = BarPlot([("one_2", 1.5), ("two", 0)], axis: "Seconds")
    let drawings = try (1...2).map { _ in try Drawing(bars.script, height: bars.height) }
    #expect(drawings[0] == drawings[1])
  }
}
