import Foundation
import Reporting
import Testing
import _TestSupport

/// When the program draws.
@Suite struct PlotTests {
  @Test(.enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
  func aMissingPlotIsDrawnLater() throws {
    let folder = try TemporaryFolder()
    let experiment = try SmallExperiment.write(to: folder)
    let command = ["run", experiment, "--output", folder.at("results")]
    #expect(try Program.run(command + ["--no-plot"]).status == 0)
    #expect(!folder.contents.contains("results/tradeoff.svg"))
    #expect(try Program.run(command).status == 0)
    #expect(folder.contents.contains("results/tradeoff.svg"))
    #expect(try Program.run("verify", folder.at("results")).status == 0)
  }

  @Test(.enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
  func aPlotOfOtherResultsIsReplaced() throws {
    let folder = try TemporaryFolder()
    let experiment = try SmallExperiment.write(to: folder)
    let command = ["run", experiment, "--output", folder.at("results")]
    #expect(try Program.run(command).status == 0)
    let plot = try folder.data("results/tradeoff.svg")
    for name in ["svg", "gnuplot"] { try folder.write("old", to: "results/tradeoff.\(name)") }
    // As if the run had been killed before it drew.
    #expect(try Program.run(command + ["--restart", "--no-plot"]).status == 0)
    #expect(try Program.run(command).status == 0)
    #expect(try folder.data("results/tradeoff.svg") == plot)
    #expect(!folder.contents.contains { $0.hasSuffix(".new") })
  }

  @Test func withoutGnuplotARunSaysSoBeforeItStarts() throws {
    let folder = try TemporaryFolder()
    let experiment = try SmallExperiment.write(to: folder)
    let ending = try Program.run(
      after: "PATH=/nowhere", "run", experiment, "--output", folder.at("results"))
    #expect(ending.status == 1)
    #expect(ending.errors.contains("gnuplot is not installed, and it draws the plot."))
    #expect(!folder.contents.contains("results"))
  }
}
