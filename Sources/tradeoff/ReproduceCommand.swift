import ArgumentParser
import LinearAlgebra
import Reporting
import Results

struct ReproduceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "List published results, or run ours beside them.",
    discussion: """
      Without ids, the known published results are listed, with the experiments that reproduce them. With \
      ids, or --all, those experiments are run as by `tradeoff run`: what is finished is not repeated, and \
      what was interrupted goes on. Then ours are set beside theirs, in a table and in reproduction.csv.

      Example: tradeoff reproduce tramer-boneh-2021-fashion-linear-eps3
      """)

  @OptionGroup var selection: PublishedOptions

  @Flag(help: "Apply the experiments' smoke values. The numbers are then no reproduction.")
  var smoke = false

  @Option(
    help: ArgumentHelp(
      """
      Where a data set's files are, gzipped or not, such as mnist=FOLDER; once for each. (default: \
      where they are installed)
      """, valueName: "data set=folder"))
  var data: [DataFolder] = []

  @Option(
    help:
      "The folder of reproduction.csv (with --smoke, reproduction-smoke.csv) and of all results.")
  var results = "results"

  @OptionGroup var options: SweepOptions

  func run() async throws {
    try await reportingFailure(to: options.log.runLog) {
      if selection.areToBeRun { BLASLibrary.restartWithBestKernel() }
      let published = try PublishedResults(path: selection.published)
      let rows = try selection.rows(of: published)
      guard selection.areToBeRun else { return print(PublishedTable(rows)) }
      try await Reproduction(
        published: published, isSmoke: smoke, dataFolders: data, resultsFolder: results,
        options: options
      ).run(rows, insistingOn: selection.names)
    }
  }
}
