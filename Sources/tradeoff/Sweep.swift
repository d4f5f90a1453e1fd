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
  /// The file that releases are charged to; nil for none.
  var budget: String?

  /// Whether nothing is left to do.
  func isComplete() throws -> Bool {
    try !options.restart && RunDirectory.isComplete(directory, plan: plan.document())
  }

  /// Runs what is not finished, draws the plot where it is missing or out of date, and returns the
  /// result files.
  func files() async throws -> RunFiles {
    if try isComplete() {
      if let budget { try BudgetFile(budget).settle(folder: directory) }
      printToStandardError("\(directory) is complete; --restart recomputes it.")
      let files = try RunFiles(directory: directory)
      let isDrawn = FileManager.default.fileExists(atPath: "\(directory)/tradeoff.svg")
      if !isDrawn { try draw(files) }
      return files
    }
    if options.plot && !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
    let run = try begin()
    BLASLibrary.useOneThread()
    if let warning = BLASLibrary.warning { printToStandardError("note: \(warning)") }
    let result: Result<RunFiles, any Error>
    do {
      result = .success(try await files(of: run))
    } catch {
      result = .failure(error)
    }
    try closeBudget(of: run, after: result)
    let files = try result.get()
    try draw(files)
    return files
  }

  /// Takes the folder, and reserves the plan in the budget, if there is one.
  private func begin() throws -> RunDirectory {
    guard let budget else {
      if let receipt = try BudgetReceipt(folder: directory) {
        throw ResultsError.budget(
          file: receipt.file, .isChargedHere(folder: directory, file: receipt.file))
      }
      return try takeFolder(for: plan.document())
    }
    let document = try plan.document()
    return try BudgetFile(budget).start(
      try plan.budgetRequest(),
      in: BudgetPlace(
        folder: URL(filePath: directory).standardizedFileURL.path(percentEncoded: false),
        host: Machine.hostName, arithmetic: BLASLibrary.kernel)
    ) { () throws(ResultsError) in try takeFolder(for: document) }
  }

  private func takeFolder(for document: Data) throws(ResultsError) -> RunDirectory {
    let run = try RunDirectory(directory, plan: document, restart: options.restart)
    try run.hold(to: BLASLibrary.kernel)
    return run
  }

  /// Ends the reservation of the budget, however the run ended. Of a failed run its own error is what
  /// matters.
  private func closeBudget(of run: RunDirectory, after result: Result<RunFiles, any Error>) throws {
    guard let budgeted = run.budgetedRun else { return }
    guard case .failure(let failure) = result else { return try budgeted.close(.finished) }
    do {
      try budgeted.close((failure as? ExitCode) == .interrupted ? .interrupted : .failed)
    } catch {
      printToStandardError("note: the run stays open in its budget: \(error)")
    }
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
  private func draw(_ files: RunFiles) throws {
    guard options.plot, try files.selectionRow() == nil,
      let plot = TradeoffPlot(
        try files.tradeoffRows(), evaluationSplit: plan.evaluationDescription,
        measure: plan.measureDescription)
    else { return }
    try plot.write(to: directory)
    printToStandardError("plot: \(directory)/tradeoff.svg and .png")
  }
}
