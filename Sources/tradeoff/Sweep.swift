import ArgumentParser
import Experiments
import Foundation
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

  private var log: RunLog { options.log.runLog }

  /// Whether nothing is left to do.
  func isComplete() throws -> Bool {
    try !options.restart && RunDirectory.isComplete(directory, plan: plan.document())
  }

  /// Runs what is not finished, draws the plot where it is missing or out of date, and returns the
  /// result files.
  func files() async throws -> RunFiles {
    if try isComplete() {
      log.note("\(directory) is complete; --restart recomputes it.")
      let files = try RunFiles(directory: directory)
      let isDrawn = FileManager.default.fileExists(atPath: "\(directory)/tradeoff.svg")
      if !isDrawn { try draw(files) }
      return files
    }
    if options.plot && !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
    let run = try RunDirectory(directory, plan: plan.document(), restart: options.restart)
    try run.hold(to: BLASLibrary.kernel)
    BLASLibrary.useOneThread()
    if let warning = BLASLibrary.warning { log.note("note: \(warning)") }
    let files = try await files(of: run)
    try draw(files)
    return files
  }

  private func files(of run: RunDirectory) async throws -> RunFiles {
    let runner = SweepRunner(
      plan: plan, dataFolder: dataFolder, threads: options.threads,
      checkpointInterval: .seconds(options.checkpointSeconds))
    let progress = ProgressReporter(of: plan, options: options.log)
    let machine = Machine(threads: options.threads)
    let task = Task {
      try await runner.run(
        in: run,
        provenance: { files in
          machine.provenance(dataset: plan.datasetDescription, files: files)
        },
        onEvent: { progress?.note($0) })
    }
    let interruption = Interruption {
      task.cancel()
      progress?.noteStopping()
    }
    defer { interruption.end() }
    let result = await task.result
    progress?.end()
    if case .failure(is CancellationError) = result {
      log.note(
        "stopped: what is done is kept in \(directory); the same command goes on from there.")
      throw ExitCode.interrupted
    }
    let files = try result.get()
    progress?.summarize(directory: directory)
    return files
  }

  /// Runs of a private choice are not to be published, and not drawn.
  private func draw(_ files: RunFiles) throws {
    guard options.plot, try files.selectionRow() == nil,
      let plot = TradeoffPlot(
        try files.tradeoffRows(), evaluationSplit: plan.evaluationDescription,
        measure: plan.measureDescription)
    else { return }
    try plot.write(to: directory)
    log.note("plot: \(directory)/tradeoff.svg and .png")
  }
}
