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

      On a terminal, standard error shows how far the sweep is; elsewhere it is a log of lines, or of JSON \
      objects. An epsilon on the way is an upper bound on what the rounds so far have spent.

      Example: tradeoff run experiments/fashion-mnist-fedavg.yaml
      """)

  @OptionGroup var experiment: ExperimentOptions

  @Option(
    help: "The results folder. (default: results/<name>, with --smoke results/<name>-smoke)",
    completion: .directory)
  var output: String?

  @OptionGroup var options: SweepOptions

  func validate() throws {
    guard output != "" else { throw ValidationError("--output is empty; name a folder.") }
  }

  func run() async throws {
    let log = options.log.runLog
    try await reportingFailure(to: log) {
      BLASLibrary.restartWithBestKernel()
      let plan = try experiment.plan()
      let sweep = Sweep(
        plan: plan, directory: output ?? plan.experiment.resultsDirectory,
        dataFolder: experiment.data, options: options)
      let files = try await sweep.files()
      if let choice = try files.selectionRow() {
        print(SelectionReport(choice, question: plan.experiment.question))
        log.note(
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
      log.note("table: \(sweep.directory)/tradeoff.csv")
    }
  }
}
