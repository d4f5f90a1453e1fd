internal import Foundation

/// A form that other tools read.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// One JSON object a line.
  case jsonLines = "json-lines"
  /// The tables beside a Data Package (Frictionless Data) that says what their columns are.
  case frictionless
  /// A folder of event files a trial.
  case tensorboard
  /// A tracking folder of MLflow: one experiment, a run a trial.
  case mlflow

  /// The files of an export. All forms hold `PRIVACY.txt`.
  ///
  /// - Parameter folder: where they are going to lie; MLflow's refer to it.
  public func files(of run: ExportedRun, in folder: String) throws -> [ExportedFile] {
    let files =
      switch self {
      case .jsonLines: try lineFiles(of: run)
      case .frictionless: try packageFiles(of: run)
      case .tensorboard: eventFiles(of: run)
      case .mlflow: try trackingFiles(of: run, in: folder)
      }
    return files + [ExportedFile("PRIVACY.txt", run.privacyText)]
  }
}
