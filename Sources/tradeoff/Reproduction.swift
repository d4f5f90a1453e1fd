import ArgumentParser
import Datasets
import Experiments
import Foundation
import Reporting
import Results

/// Runs the experiments behind published results, and sets ours beside theirs.
struct Reproduction {
  let published: PublishedResults
  let isSmoke: Bool
  let dataFolders: [DataFolder]
  let resultsFolder: String
  let options: SweepOptions

  /// Runs each experiment once, whatever fails before it, and prints the table of what was reproduced.
  ///
  /// - Parameter insistingOn: whether it is a failure when a row cannot be run for want of an experiment
  ///   or of data.
  func run(
    _ rows: [PublishedRow], insistingOn isInsistedOn: (PublishedRow) -> Bool
  ) async throws {
    var hasFailed = false
    for row in rows where row.experiment == nil && isInsistedOn(row) {
      hasFailed = true
      note(
        ReproductionError.noExperiment(location: published.location(of: row), id: row.id),
        of: [row])
    }
    var reproduced: [ReproductionRow] = []
    for (experiment, rows) in byExperiment(rows) {
      do {
        let done = try await reproduce(rows, by: experiment)
        hasFailed = hasFailed || done.count < rows.count
        try ReproductionFile(path: path).record(done, orderedBy: published)
        reproduced += done
      } catch let code as ExitCode {
        throw code
      } catch let error as MissingData {
        log.warn("not run, for want of data: \(ids(rows)): \(error.reason)")
        hasFailed = hasFailed || rows.contains(where: isInsistedOn)
      } catch {
        hasFailed = true
        note(error, of: rows)
      }
    }
    if !reproduced.isEmpty {
      print(ReproductionTable(reproduced))
      log.note("table: \(path)")
    }
    if isSmoke {
      log.warn("note: smoke values show that it runs, and reproduce nothing.")
    }
    if hasFailed { throw ExitCode.failure }
  }

  private var log: RunLog { options.log.runLog }

  private var path: String {
    "\(resultsFolder)/reproduction\(isSmoke ? "-smoke" : "").csv"
  }

  private func byExperiment(
    _ rows: [PublishedRow]
  ) -> [(experiment: String, rows: [PublishedRow])] {
    var groups: [(experiment: String, rows: [PublishedRow])] = []
    for row in rows {
      guard let experiment = row.experiment else { continue }
      if let group = groups.firstIndex(where: { $0.experiment == experiment }) {
        groups[group].rows.append(row)
      } else {
        groups.append((experiment, [row]))
      }
    }
    return groups
  }

  /// The rows that could be compared. Why others could not is said.
  private func reproduce(
    _ rows: [PublishedRow], by experiment: String
  ) async throws -> [ReproductionRow] {
    let folder = URL(filePath: published.path).deletingLastPathComponent().relativePath
    let file = "\(folder)/\(experiment).yaml"
    guard FileManager.default.fileExists(atPath: file) else {
      throw ReproductionError.experimentMissing(
        location: published.location(of: rows[0]), path: file)
    }
    let plan = try Plan(Experiment(path: file, smoke: isSmoke), file: file)
    let datasets = plan.knownDatasets
    let sweep = Sweep(
      plan: plan, directory: "\(resultsFolder)/\(plan.experiment.folderName)",
      dataFolder: dataFolders.last { datasets.contains($0.dataset) }?.path, options: options)
    if try !sweep.isComplete() {
      for dataset in datasets { try check(dataset, in: sweep.dataFolder) }
    }
    let files = try await sweep.files()
    let timings = try TimingRow.read(directory: sweep.directory)
    return rows.compactMap { row in
      do {
        return try ReproductionRow(
          row, files: files, timings: timings, location: published.location(of: row))
      } catch {
        note(error, of: [row])
        return nil
      }
    }
  }

  /// So that no folder is made for a run that has no data.
  private func check(_ dataset: KnownDataset, in folder: String?) throws {
    guard let problem = dataset.status(folder: folder).files.compactMap(\.problem).first else {
      return
    }
    if let missing = MissingData(problem, of: dataset) { throw missing }
    throw problem
  }

  private func note(_ error: any Error, of rows: [PublishedRow]) {
    log.fail("\(ids(rows)): \(error)")
  }

  private func ids(_ rows: [PublishedRow]) -> String {
    rows.map(\.id).joined(separator: ", ")
  }
}

/// The files of a data set are not where they should be.
private struct MissingData: Error {
  let reason: String

  /// nil where the files are there, and something else is wrong with them.
  init?(_ problem: DatasetError, of dataset: KnownDataset) {
    switch problem {
    case .notInstalled, .fileMissing:
      reason = "\(problem) Or name their folder: --data \(dataset.rawValue)=FOLDER."
    default: return nil
    }
  }
}
