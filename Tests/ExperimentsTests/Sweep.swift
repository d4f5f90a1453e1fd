import Foundation
import Results
import _TestSupport

@testable import Datasets
@testable import Experiments

/// Runs sweeps on the tiny data.
enum Sweep {
  /// A finished run in a new folder.
  static func run(
    _ source: String = TinyExperiment.source, threads: Int = 2,
    dataset: LabeledDataset = TinyExperiment.dataset()
  ) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try await run(source, in: folder, threads: threads, dataset: dataset)
    return folder
  }

  static func run(
    _ source: String = TinyExperiment.source, in folder: TemporaryFolder, threads: Int = 2,
    checkpointInterval: Duration = .seconds(10), dataset: LabeledDataset = TinyExperiment.dataset(),
    onEvent: @escaping @Sendable (SweepRunner.Event) -> Void = { _ in }
  ) async throws {
    let plan = try TinyExperiment.plan(source)
    let directory = try RunDirectory(folder.path, plan: plan.document(), restart: false)
    let runner = SweepRunner(
      plan: plan, threads: threads, checkpointInterval: checkpointInterval
    ) { _ in dataset }
    _ = try await runner.run(in: directory, provenance: provenance, onEvent: onEvent)
  }

  /// Says that the files in the folder are what the run wrote.
  static func sign(_ folder: TemporaryFolder) throws {
    try folder.write(
      CanonicalJSON.document(provenance(RunFiles(directory: folder.path))), to: "provenance.json")
  }

  static func provenance(_ files: RunFiles) -> Provenance {
    Provenance(
      program: "test", commit: nil, command: [], finished: .now, operatingSystem: "", processor: "",
      threads: 1, libraries: [:], dataset: "", randomness: "",
      files: Provenance.checksums(of: files))
  }
}
