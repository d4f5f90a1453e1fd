import Accounting
import ArgumentParser
import Experiments
import Foundation
import SecureAggregation

extension ExitCode {
  static let differenceFound = ExitCode(2)
  static let wrongExperiment = ExitCode(65)
  static let interrupted = ExitCode(130)
  /// As if killed by SIGPIPE.
  static let closedOutput = ExitCode(141)
}

func printToStandardError(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}

/// Runs the body of a command: an error becomes one message and an exit code.
func reportingFailure(
  to log: RunLog = .plain, _ body: () async throws -> Void
) async throws {
  do {
    try await body()
  } catch let error as ExperimentError {
    log.fail(error)
    throw ExitCode.wrongExperiment
  } catch let error as AccountingError where error.isWrongNumber {
    log.fail(error)
    throw ExitCode.validationFailure
  } catch let error as SecureAggregationError where error.isWrongTerm {
    log.fail(error)
    throw ExitCode.validationFailure
  } catch let error as ValidationError {
    throw error
  } catch let code as ExitCode {
    throw code
  } catch StandardOutput.Failure.closed {
    throw ExitCode.closedOutput
  } catch {
    log.fail(error)
    throw ExitCode.failure
  }
}

extension AccountingError {
  /// Whether the question has a number outside its range, and not just no answer.
  fileprivate var isWrongNumber: Bool {
    switch self {
    case .outOfRange, .countOutOfRange: true
    default: false
    }
  }
}

extension SecureAggregationError {
  /// Whether the terms are wrong, and not just too few clients left.
  fileprivate var isWrongTerm: Bool {
    switch self {
    case .ringBitsOutOfRange, .dimensionOutOfRange, .tooFewClients, .thresholdOutOfRange: true
    default: false
    }
  }
}
