import Foundation
import Results
import Testing
import _TestSupport

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct TradeoffPlotTests {
  @Test func theScriptHoldsDataAndStyle() throws {
    let plot = try #require(TradeoffPlot(try Samples.single(), evaluationSplit: "test"))
    #expect(
      plot.script == #"""
        $curve0 << END
        2 50 50 50
        8 75 75 75
        END
        $line0 << END
        1.6 85 85 85
        10 85 85 85
        END
        set encoding utf8
        set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
        set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
        set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
        set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
        set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
        set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
        set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
        set style line 9 linecolor rgb "#333333" linewidth 2
        set border 3 linecolor rgb "#333333"
        set tics nomirror out scale 0.6
        set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
        set logscale x
        set xrange [1.6:10]
        set xtics ("2" 2, "8" 8)
        set offsets 0, 0, graph 0.06, graph 0.04
        set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 client level, add-or-remove-one, poisson(rate=0.1), pld accountant}\n{/*0.7 one run each}"
        set ylabel "Test accuracy (%)"
        set key bottom right opaque samplen 2.5 spacing 1.2
        plot $curve0 using 1:3:4 with filledcurves linecolor rgb "#D9EAF4" fillstyle solid noborder notitle, \
             $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "client-level privacy", \
             $line0 using 1:3:4 with filledcurves linecolor rgb "#DDDDDD" fillstyle solid noborder notitle, \
             $line0 using 1:2 with lines linestyle 9 dashtype 2 title "no privacy"

        """#)
  }

  @Test func withoutTwoEpsilonsThereIsNoCurve() throws {
    let none = try Samples.claim(.infinity, noiseMultiplier: 0)
    let one = try Samples.claim(1, noiseMultiplier: 1)
    for rows in [
      Samples.rows([]), Samples.rows([("privacy.noise=none", none, [0.5, 0.6])]),
      Samples.rows([("privacy.noise=none", none, [0.5]), ("privacy.noise=x", one, [0.5])]),
    ] {
      #expect(TradeoffPlot(rows, evaluationSplit: "test") == nil)
    }
  }

  @Test func everySeriesHasItsCurve() throws {
    let rows = try ["iid", "label_shards:2"].flatMap { partition in
      try [("none", Double.infinity), ("multiplier:2", 1.0), ("multiplier:1", 4.0)].map {
        (
          sweep: "dataset.partition=\(partition);privacy.noise=\($0.0)",
          claim: try Samples.claim($0.1, noiseMultiplier: $0.1.isFinite ? 1 / $0.1 : 0),
          accuracies: [0.5, 0.6]
        )
      }
    }
    let series = PlotSeries.all(of: Samples.rows(rows))
    #expect(series.map(\.name) == ["iid", "label shards 2"])
    #expect(series.map { $0.curve.map(\.claim.epsilonUpper) } == [[1, 4], [1, 4]])
    #expect(series.allSatisfy { $0.baseline != nil })
    let script = try #require(TradeoffPlot(Samples.rows(rows), evaluationSplit: "test")).script
    #expect(script.contains("title \"iid\""))
    #expect(script.contains("title \"label shards 2\""))
    #expect(script.contains("mean of 2 with 95 % interval; dashed: no privacy}"))
  }

  @Test func theCaptionNamesWhatIsDrawn() throws {
    let sampled = Samples.rows(
      try ["poisson(rate=0.1)", "everyone"].enumerated().map { index, sampling in
        (
          sweep: "case=\(index) a",
          claim: try Samples.claim(1 + Double(index), noiseMultiplier: 1, sampling: sampling),
          accuracies: [0.5]
        )
      })
    let script = try #require(TradeoffPlot(sampled, evaluationSplit: "test")).script
    let lines = script.components(separatedBy: "\\n{/*0.7 ").map { $0.prefix { $0 != "}" } }
    #expect(lines.count == 4)
    #expect(lines[1].contains("poisson") && lines[2].contains("everyone"))
    #expect(lines[3] == "points: one run each")
  }

  @Test func casesNamedForTheirEpsilonsAreOneCurve() throws {
    let rows = try [
      ("case=no privacy", Double.infinity), ("case=epsilon 1", 1), ("case=epsilon 0.5", 0.5),
      ("case=linear 2.7", 2.1), ("case=linear 3", 2.4), ("case=local", .infinity),
      ("case=local epsilon 8", 8), ("case=top 1 %", 3),
    ].map {
      (
        sweep: $0.0, claim: try Samples.claim($0.1, noiseMultiplier: $0.1.isFinite ? 1 : 0),
        accuracies: [0.5]
      )
    }
    let series = PlotSeries.all(of: Samples.rows(rows))
    #expect(series.map(\.name) == ["", "linear", "local", "top 1 %"])
    #expect(series.map(\.curve.count) == [2, 2, 1, 1])
    #expect(series.map { $0.baseline != nil } == [true, false, true, false])
  }

  @Test func labelsDoNotLieOverEachOther() throws {
    func script(_ epsilons: [Double], name: String) throws -> String {
      let rows = try epsilons.enumerated().map { index, epsilon in
        (
          sweep: "case=\(name) \(index % 2 == 0 ? "a" : "b")",
          claim: try Samples.claim(epsilon, noiseMultiplier: 1), accuracies: [0.5]
        )
      }
      return try #require(TradeoffPlot(Samples.rows(rows), evaluationSplit: "test")).script
    }
    let near = try script([2.125, 2.127, 2.375, 2.378], name: "x")
    #expect(near.contains("set xtics (\"2.12\" 2.125, \"2.38\" 2.375)"))
    #expect(near.contains("set key below horizontal opaque"))
    let long = try script([1, 2], name: "a name of many words")
    #expect(long.contains("set key below horizontal maxcols 1 opaque"))
  }

  /// A name in the results of somebody else must not run commands on this machine.
  @Test(.enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
  func namesRunNoCommands() throws {
    let folder = try TemporaryFolder()
    let command = "touch \(folder.at("run"))"
    let rows = Samples.rows(
      try ["`\(command)`", "x\"\nsystem(\"\(command)\")\n\""].enumerated().flatMap { index, name in
        try [1.0, 2].map {
          (
            sweep: "case=\(name);privacy.noise=\($0)",
            claim: try Samples.claim($0 + Double(index), noiseMultiplier: 1), accuracies: [0.5]
          )
        }
      })
    let plot = try #require(TradeoffPlot(rows, evaluationSplit: "`\(command)`"))
    try plot.write(to: folder.path)
    #expect(folder.contents == ["tradeoff.gnuplot", "tradeoff.png", "tradeoff.svg"])
  }

  @Test func noiseSweptInsideIsOneCurve() throws {
    let rows = Samples.rows([
      ("privacy.noise.multiplier=1", try Samples.claim(4, noiseMultiplier: 1), [0.5]),
      ("privacy.noise.multiplier=2", try Samples.claim(1, noiseMultiplier: 2), [0.5]),
    ])
    #expect(PlotSeries.all(of: rows).map(\.curve.count) == [2])
  }

  @Test(.enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
  func gnuplotDrawsIt() throws {
    let folder = try TemporaryFolder()
    let plot = try #require(TradeoffPlot(try Samples.single(), evaluationSplit: "test"))
    try plot.write(to: folder.path)
    #expect(folder.contents == ["tradeoff.gnuplot", "tradeoff.png", "tradeoff.svg"])
    #expect(try folder.text("tradeoff.gnuplot") == plot.script)
    let svg = try texts(of: folder.data("tradeoff.svg"))
    #expect(svg.contains("Test accuracy (%)"))
    #expect(svg.contains("client-level privacy"))
    #expect(svg.contains("no privacy"))
    #expect(try folder.data("tradeoff.png").starts(with: [0x89, 0x50, 0x4e, 0x47]))
  }

  /// Marks that gnuplot reads as subscripts, groups, escapes or ends of strings.
  @Test(.enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
  func wordsAreShownAsTheyAre() throws {
    let folder = try TemporaryFolder()
    let split = #"A_B "C" {D}^2 E\N @F &G ~H 'I' `echo J`"#
    let plot = try #require(TradeoffPlot(try Samples.single(), evaluationSplit: split))
    try plot.write(to: folder.path)
    let svg = try texts(of: folder.data("tradeoff.svg"))
    #expect(svg.contains(#"A_B "C" {D}^2 E\N @F &G ~H 'I' `echo J` accuracy (%)"#), "\(svg)")
  }

  @Test(.enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
  func aScriptThatFailsLeavesNothing() throws {
    let folder = try TemporaryFolder()
    #expect {
      try Gnuplot.draw("plot nonsense(", terminal: "svg", to: folder.at("x.svg"))
    } throws: { error in
      "\(error)".hasPrefix("cannot write \(folder.at("x.svg")): gnuplot failed:")
    }
    #expect(folder.contents == [])
  }

  @Test(.enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
  func aFolderMayHaveAnyName() throws {
    let folder = try TemporaryFolder()
    let odd = folder.at(#"it's "odd" \n_x"#)
    try FileManager.default.createDirectory(atPath: odd, withIntermediateDirectories: true)
    let plot = try #require(TradeoffPlot(try Samples.single(), evaluationSplit: "test"))
    try plot.write(to: odd)
    #expect(FileManager.default.fileExists(atPath: "\(odd)/tradeoff.svg"))
  }

  @Test func aFolderThatIsNotThereIsAnError() throws {
    let folder = try TemporaryFolder()
    let plot = try #require(TradeoffPlot(try Samples.single(), evaluationSplit: "test"))
    #expect(throws: ReportingError.self) { try plot.write(to: folder.at("none")) }
  }

  /// The texts of a well-formed SVG, without the markup inside them.
  private func texts(of svg: Data) throws -> [String] {
    let collector = TextCollector()
    let parser = XMLParser(data: svg)
    parser.delegate = collector
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    return collector.texts
  }
}

private final class TextCollector: NSObject, XMLParserDelegate {
  private(set) var texts: [String] = []
  private var text: String?

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if element == "text" { text = "" }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text? += string }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    if element == "text", let text {
      texts.append(text.trimmingCharacters(in: .whitespacesAndNewlines))
      self.text = nil
    }
  }
}
