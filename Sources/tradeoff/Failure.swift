import ArgumentParser
import Experiments
import Foundation

extension ExitCode {
  static let differenceFound = ExitCode(2)
  static let wrongExperiment = ExitCode(65)
  static let interrupted = ExitCode(130)
}

func printToStandardError(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}

/// Runs the body of a command: an error becomes one message and an exit code.
func reportingFailure(_ body: () async throws -> Void) async throws {
  do {
    try await body()
  } catch let error as ExperimentError {
    printToStandardError("error: \(error)")
    throw ExitCode.wrongExperiment
  } catch let code as ExitCode {
    throw code
  } catch {
    printToStandardError("error: \(error)")
    throw ExitCode.failure
  }
}
