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

  /// Whether nothing is left to do.
  func isComplete() throws -> Bool {
    try !options.restart && RunDirectory.isComplete(directory, plan: plan.document())
  }

  /// Runs what is not finished, draws the plot where it is missing or out of date, and returns the
  /// result files.
  func files() async throws -> RunFiles {
    if try isComplete() {
      printToStandardError("\(directory) is complete; --restart recomputes it.")
      let files = try RunFiles(directory: directory)
      let isDrawn = FileManager.default.fileExists(atPath: "\(directory)/tradeoff.svg")
      if !isDrawn { try draw(files) }
      return files
    }
    if options.plot && !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
    let files = try await stoppable { runner, run, note in
      try await runner.run(
        in: run, provenance: { provenance(of: Provenance.checksums(of: $0)) }, onEvent: note)
    }
    try draw(files)
    return files
  }

  /// Runs what is not finished of one part, and returns how many trials it has.
  func run(_ shard: Shard) async throws -> Int {
    try await stoppable { runner, run, note in
      try await runner.run(shard, in: run, provenance: provenance, onEvent: note)
    }
  }

  private func provenance(of files: [String: String]) -> Provenance {
    Machine(threads: options.threads).provenance(dataset: plan.datasetDescription, files: files)
  }

  /// Takes the folder for work that shows its progress and stops when it is asked to.
  private func stoppable<Outcome: Sendable>(
    _ work:
      @escaping @Sendable (
        SweepRunner, RunDirectory, @escaping @Sendable (SweepRunner.Event) -> Void
      ) async throws -> Outcome
  ) async throws -> Outcome {
    let run = try RunDirectory(
      directory, plan: plan.document(), restart: options.restart, dropsRemoved: dropsRemoved)
    try run.hold(to: BLASLibrary.kernel)
    BLASLibrary.useOneThread()
    if let warning = BLASLibrary.warning { printToStandardError("note: \(warning)") }
    let runner = SweepRunner(
      plan: plan, dataFolder: dataFolder, threads: options.threads,
      checkpointInterval: .seconds(options.checkpointSeconds))
    let progress = ProgressReporter()
    let task = Task { try await work(runner, run, progress.note) }
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

  private func draw(_ files: RunFiles) throws {
    guard options.plot else { return }
    try RunReport(plan: plan, files: files, directory: directory).draw()
  }
}
