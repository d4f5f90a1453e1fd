import ArgumentParser
import Experiments
import LinearAlgebra
import Reporting
import Results

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run an experiment and write its tables and plot.",
    discussion: """
      What is done stays done: after Ctrl-C, a crash or a full disk, the same command goes on where it \
      stopped, with the same results. A folder that holds results of a different plan is refused.

      Example: tradeoff run experiments/fashion-mnist-fedavg.yaml
      """)

  @OptionGroup var experiment: ExperimentOptions

  @Option(help: "The results folder. (default: results/<name>, with --smoke results/<name>-smoke)")
  var output: String?

  @Option(
    help: """
      The budget file that every release is charged to, before it is used; see `tradeoff budget --help`. \
      Changes no result.
      """)
  var budget: String?

  @OptionGroup var options: SweepOptions

  func validate() throws {
    guard output != "" else { throw ValidationError("--output is empty; name a folder.") }
    guard budget != "" else { throw ValidationError("--budget is empty; name a budget file.") }
  }

  func run() async throws {
    try await reportingFailure {
      BLASLibrary.restartWithBestKernel()
      let plan = try experiment.plan()
      let sweep = Sweep(
        plan: plan, directory: output ?? plan.experiment.resultsDirectory,
        dataFolder: experiment.data, options: options, budget: budget)
      let files = try await sweep.files()
      if let choice = try files.selectionRow() {
        print(SelectionReport(choice, question: plan.experiment.question))
        printToStandardError(
          "choice: \(sweep.directory)/selection.csv; the other files of the folder hold every run, and "
            + "are not to be published")
        return
      }
      print(plan.experiment.question)
      print()
      print(
        TradeoffTable(
          try files.tradeoffRows(), evaluationSplit: plan.evaluationDescription,
          measure: plan.measureDescription))
      print(plan.publicationDescription)
      print(plan.tuningDescription)
      printToStandardError("table: \(sweep.directory)/tradeoff.csv")
    }
  }
}
