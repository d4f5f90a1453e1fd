import ArgumentParser
import Reporting

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a page about finished runs: tables, plots, and what privacy was guaranteed.",
    discussion: """
      Writes report.html, which needs nothing else, the same as report.md with its plots in \
      report-files, the tables for LaTeX (table.tex, with booktabs) and the works cited \
      (references.bib). The same results give the same bytes. Several folders become one report, side \
      by side where they measure the same. A folder whose files were altered is refused; of a private \
      choice, what may be published is shown and nothing else.

      Example: tradeoff report results/fashion-mnist-fedavg
      """)

  @Argument(help: "Folders of finished runs.")
  var folders: [String]

  @Option(
    help: """
      The folder to write into. (default: report in the results folder; of several, it must be named)
      """)
  var output: String?

  func validate() throws {
    guard output != "" else { throw ValidationError("--output is empty; name a folder.") }
    guard output != nil || folders.count == 1 else {
      throw ValidationError("A report on several folders needs a place: name it with --output.")
    }
  }

  func run() async throws {
    try await reportingFailure {
      if !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
      let runs = try folders.map { try FinishedRun(directory: $0) }
      let report = try Report(on: runs)
      for path in try report.write(to: output ?? "\(runs[0].directory)/report") { print(path) }
    }
  }
}
