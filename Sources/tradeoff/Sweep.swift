import ArgumentParser
import Experiments
import Foundation
import LinearAlgebra
import Reporting
import Results

/// A plan and the folder of its results: run, gone on with, or found there finished.
struct Sweep: Sendable {
  let plan: Plan
  let directory: String
  /// Where the files of a known data set are; nil for where they are installed.
  let dataFolder: String?
  let options: SweepOptions
  /// Whether finished trials that the plan no longer names may go.
  var dropsRemoved = false

  /// The file that releases are charged to; nil for none.
  var budget: String?

  private var log: RunLog { options.log.runLog }

  /// Whether nothing is left to do.
  func isComplete() throws -> Bool {
    try !options.restart && RunDirectory.isComplete(directory, plan: plan.document())
  }

  /// Runs what is not finished, draws the plot where it is missing or out of date, and returns the
  /// result files.
  func files() async throws -> RunFiles {
    if try isComplete() { return try finishedFiles() }
    if options.plot && !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
    let run: RunDirectory
    do {
      run = try begin()
    } catch ResultsError.alreadyComplete {
      // Another run has finished meanwhile.
      return try finishedFiles()
    }
    try FinishedSweep.markPlotsOutOfDate(in: directory)
    let files = try await stoppable(in: run) { runner, note in
      try await runner.run(
        in: run, provenance: { provenance(of: Provenance.checksums(of: $0)) }, onEvent: note)
    }
    try draw(files, holding: run)
    return files
  }

  /// Runs what is not finished of one part, and returns how many trials it has.
  func run(_ shard: Shard) async throws -> Int {
    let run = try begin()
    return try await stoppable(in: run) { runner, note in
      try await runner.run(shard, in: run, provenance: provenance, onEvent: note)
    }
  }

  /// Takes the folder, and reserves the plan in the budget, if there is one.
  private func begin() throws -> RunDirectory {
    let document = try plan.document()
    guard let budget else {
      if let receipt = try BudgetReceipt(folder: directory) {
        throw ResultsError.budget(
          file: receipt.file, .isChargedHere(folder: directory, file: receipt.file))
      }
      return try takeFolder(for: document)
    }
    return try BudgetFile(budget).start(
      try plan.budgetRequest(),
      in: BudgetPlace(
        folder: URL(filePath: directory).standardizedFileURL.path(percentEncoded: false),
        host: Machine.hostName, arithmetic: BLASLibrary.kernel)
    ) { () throws(ResultsError) in try takeFolder(for: document) }
  }

  private func takeFolder(for document: Data) throws(ResultsError) -> RunDirectory {
    let run = try RunDirectory(
      directory, plan: document, restart: options.restart, dropsRemoved: dropsRemoved)
    try run.hold(to: BLASLibrary.kernel)
    return run
  }

  /// Ends the reservation of the budget, however the run ended. Of a failed run its own error is what
  /// matters.
  private func closeBudget(of run: RunDirectory, after result: Result<some Any, any Error>) throws {
    guard let budgeted = run.budgetedRun else { return }
    guard case .failure(let failure) = result else { return try budgeted.close(.finished) }
    do {
      try budgeted.close(failure is CancellationError ? .interrupted : .failed)
    } catch {
      log.note("note: the run stays open in its budget: \(error)")
    }
  }

  private func finishedFiles() throws -> RunFiles {
    if let budget { try BudgetFile(budget).settle(folder: directory) }
    log.note("\(directory) is complete; --restart recomputes it.")
    let files = try RunFiles(directory: directory)
    do {
      try draw(files)
    } catch ResultsError.inUse {
      // The run that holds the folder draws.
    }
    return files
  }

  private func provenance(of files: [String: String]) -> Provenance {
    Machine(threads: options.threads).provenance(dataset: plan.datasetDescription, files: files)
  }

  /// Does work that shows its progress and stops when it is asked to.
  private func stoppable<Outcome: Sendable>(
    in run: RunDirectory,
    _ work:
      @escaping @Sendable (
        SweepRunner, @escaping @Sendable (SweepRunner.Event) -> Void
      ) async throws -> Outcome
  ) async throws -> Outcome {
    BLASLibrary.useOneThread()
    if let warning = BLASLibrary.warning { log.note("note: \(warning)") }
    let runner = SweepRunner(
      plan: plan, dataFolder: dataFolder, threads: options.threads,
      checkpointInterval: .seconds(options.checkpointSeconds))
    let progress = ProgressReporter(of: plan, options: options.log)
    let task = Task { try await work(runner) { progress?.note($0) } }
    let interruption = Interruption {
      task.cancel()
      progress?.noteStopping()
    }
    defer { interruption.end() }
    let result = await task.result
    progress?.end()
    try closeBudget(of: run, after: result)
    if case .failure(is CancellationError) = result {
      log.note(
        "stopped: what is done is kept in \(directory); the same command goes on from there.")
      throw ExitCode.interrupted
    }
    let outcome = try result.get()
    progress?.summarize(directory: directory)
    return outcome
  }

  /// - Parameter run: holds the folder; nil where nobody does yet.
  private func draw(_ files: RunFiles, holding run: RunDirectory? = nil) throws {
    guard options.plot else { return }
    let lock = try run == nil ? FolderLock(directory, for: .writing) : nil
    try withExtendedLifetime((run, lock)) {
      try FinishedSweep(plan: plan, files: files, directory: directory, log: log).draw()
    }
  }
}
