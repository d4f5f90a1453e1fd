import ArgumentParser
import Experiments
import Foundation
import LinearAlgebra
import Results

/// An audit that trains: it shows how far it is, and stops when it is asked to. Nothing of it is kept before it
/// is over.
struct Audit: Sendable {
  let plan: Plan
  let directory: String
  let threads: Int

  static func begin() {
    BLASLibrary.restartWithBestKernel()
  }

  /// - Parameter work: told what to call after each of `trainingCount` trainings.
  func stoppable<Outcome: Sendable>(
    trainingCount: Int, _ work: @escaping @Sendable (_ progress: () -> Void) async throws -> Outcome
  ) async throws -> Outcome {
    BLASLibrary.useOneThread()
    if let warning = BLASLibrary.warning { printToStandardError("note: \(warning)") }
    let task = Task {
      let progress = ProgressLine(total: trainingCount, noun: "training")
      defer { progress.end() }
      return try await work(progress.advance)
    }
    let interruption = Interruption { task.cancel() }
    defer { interruption.end() }
    let result = await task.result
    if case .failure(is CancellationError) = result {
      printToStandardError("stopped: nothing is written; the same command starts over.")
      throw ExitCode.interrupted
    }
    return try result.get()
  }

  /// Of files by their names. An audit repeats its trainings from the seed, whatever a run would draw from.
  func provenance(of files: [(name: String, contents: Data)]) -> Provenance {
    Machine(threads: threads).provenance(
      dataset: plan.datasetDescription,
      randomness: "ChaCha20 streams of the seed, which is no secret; research randomness",
      files: Provenance.checksums(of: files))
  }
}
