import ArgumentParser
import Experiments
import Foundation
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
      Processor threads. Trials that differ in privacy or optimizer alone are trained side by side; \
      several such groups run at a time, and groups fewer than threads share them. Changes no result.
      """)
  var threads: Int = min(ProcessInfo.processInfo.activeProcessorCount, Self.mostThreads)

  @Option(
    help: """
      Least time between two checkpoints, from which an interrupted trial goes on. Changes no result.
      """)
  var checkpointSeconds = 10.0

  @Flag(help: "Recompute a finished run, or forget the finished trials of an interrupted one.")
  var restart = false

  @Flag(inversion: .prefixedNo, help: "Draw the plot, with gnuplot.")
  var plot = true

  private static let mostThreads = 1024
  private static let mostCheckpointSeconds = 1e6

  func validate() throws {
    guard (1...Self.mostThreads).contains(threads) else {
      throw ValidationError("--threads is \(threads); it must be from 1 to \(Self.mostThreads).")
    }
    guard (0...Self.mostCheckpointSeconds).contains(checkpointSeconds) else {
      throw ValidationError(
        "--checkpoint-seconds is \(checkpointSeconds); it must be from 0 to "
          + "\(Self.mostCheckpointSeconds).")
    }
    guard output != "" else { throw ValidationError("--output is empty; name a folder.") }
  }

  func run() async throws {
    try await reportingFailure {
      BLASLibrary.restartWithBestKernel()
      let plan = try experiment.plan()
      let document = try plan.document()
      let directory = output ?? plan.experiment.resultsDirectory
      if try !restart && RunDirectory.isComplete(directory, plan: document) {
        printToStandardError("\(directory) is complete; --restart recomputes it.")
        let isDrawn = FileManager.default.fileExists(atPath: "\(directory)/tradeoff.svg")
        try report(
          plan, RunFiles(directory: directory), in: directory, drawing: plot && !isDrawn)
        return
      }
      if plot && !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
      let run = try RunDirectory(directory, plan: document, restart: restart)
      try run.hold(to: BLASLibrary.kernel)
      BLASLibrary.useOneThread()
      if let warning = BLASLibrary.warning { printToStandardError("note: \(warning)") }
      let files = try await sweep(plan, in: run, directory: directory)
      try report(plan, files, in: directory, drawing: plot)
    }
  }

  private func sweep(
    _ plan: Plan, in run: RunDirectory, directory: String
  ) async throws -> RunFiles {
    let runner = SweepRunner(
      plan: plan, dataFolder: experiment.data, threads: threads,
      checkpointInterval: .seconds(checkpointSeconds))
    let progress = ProgressReporter()
    let machine = Machine(threads: threads)
    let task = Task {
      try await runner.run(
        in: run,
        provenance: { files in
          machine.provenance(dataset: plan.datasetDescription, files: files)
        },
        onEvent: progress.note)
    }
    let interruption = Interruption { task.cancel() }
    defer { interruption.end() }
    let result = await task.result
    progress.end()
    if case .failure(is CancellationError) = result {
      printToStandardError(
        "stopped: what is done is kept in \(directory); the same command goes on from there.")
      throw ExitCode.interrupted
    }
    return try result.get()
  }

  private func report(
    _ plan: Plan, _ files: RunFiles, in directory: String, drawing: Bool
  ) throws {
    if let choice = try files.selectionRow() {
      print(SelectionReport(choice, question: plan.experiment.question))
      printToStandardError(
        "choice: \(directory)/selection.csv; the other files of the folder hold every run, and are not "
          + "to be published")
      return
    }
    let rows = try files.tradeoffRows()
    let split = plan.evaluationDescription
    print(plan.experiment.question)
    print()
    print(TradeoffTable(rows, evaluationSplit: split, measure: plan.measureDescription))
    print(plan.publicationDescription)
    print(plan.tuningDescription)
    if drawing,
      let plot = TradeoffPlot(
        rows, evaluationSplit: split, measure: plan.measureDescription)
    {
      try plot.write(to: directory)
      printToStandardError("plot: \(directory)/tradeoff.svg and .png")
    }
    printToStandardError("table: \(directory)/tradeoff.csv")
  }
}
