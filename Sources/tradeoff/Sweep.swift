import ArgumentParser
import Experiments
import LinearAlgebra
import Reporting
import Results

/// A plan and the folder of its results: run, gone on with, or found there finished.
struct Sweep {
  let plan: Plan
  let directory: String
  /// Where the files of a known data set are; nil for where they are installed.
  let dataFolder: String?
  let options: SweepOptions

  /// Whether nothing is left to do.
  func isComplete() throws -> Bool {
    try !options.restart && RunDirectory.isComplete(directory, plan: plan.document())
  }

  /// Runs what is not finished, draws the plot where it is missing or out of date, and returns the
  /// result files.
  func files() async throws -> RunFiles {
    if try isComplete() { return try finishedFiles() }
    if options.plot && !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
    guard let run = try takenDirectory() else { return try finishedFiles() }
    try TradeoffPlot.markOutOfDate(in: directory)
    try run.hold(to: BLASLibrary.kernel)
    BLASLibrary.useOneThread()
    if let warning = BLASLibrary.warning { printToStandardError("note: \(warning)") }
    let files = try await files(of: run)
    try draw(files, holding: run)
    return files
  }

  /// nil where another run has finished meanwhile.
  private func takenDirectory() throws -> RunDirectory? {
    do {
      return try RunDirectory(directory, plan: plan.document(), restart: options.restart)
    } catch ResultsError.alreadyComplete {
      return nil
    }
  }

  private func finishedFiles() throws -> RunFiles {
    printToStandardError("\(directory) is complete; --restart recomputes it.")
    let files = try RunFiles(directory: directory)
    do {
      try draw(files)
    } catch ResultsError.inUse {
      // The run that holds the folder draws.
    }
    return files
  }

  private func files(of run: RunDirectory) async throws -> RunFiles {
    let runner = SweepRunner(
      plan: plan, dataFolder: dataFolder, threads: options.threads,
      checkpointInterval: .seconds(options.checkpointSeconds))
    let progress = ProgressReporter()
    let machine = Machine(threads: options.threads)
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

  /// Runs of a private choice are not to be published, and not drawn.
  ///
  /// - Parameter run: holds the folder; nil where nobody does yet.
  private func draw(_ files: RunFiles, holding run: RunDirectory? = nil) throws {
    guard options.plot, !TradeoffPlot.isWritten(in: directory), try files.selectionRow() == nil,
      let plot = TradeoffPlot(
        try files.tradeoffRows(), evaluationSplit: plan.evaluationDescription,
        measure: plan.measureDescription)
    else { return }
    let lock = try run == nil ? FolderLock(directory) : nil
    try withExtendedLifetime((run, lock)) { try plot.write(to: directory) }
    printToStandardError("plot: \(directory)/tradeoff.svg and .png")
  }
}
