import ArgumentParser
import Foundation
import Results

/// Standard error of a run.
struct RunLog: Sendable {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  let format: Format
  let isQuiet: Bool

  static let plain = RunLog(format: .text, isQuiet: false)

  /// What is good to know.
  func note(_ message: String) {
    if !isQuiet { warn(message) }
  }

  /// What is to be known, however quiet the run.
  func warn(_ message: String) { write(message, as: .note) }

  func fail(_ error: some CustomStringConvertible) {
    write(format == .text ? "error: \(error)" : "\(error)", as: .error)
  }

  func fail(_ error: any Error) { fail("\(error)") }

  /// A line of a JSON log.
  func write(_ record: LogRecord) {
    guard let line = try? CanonicalJSON.line(record) else {
      preconditionFailure("a log record is encodable")
    }
    FileHandle.standardError.write(line + [UInt8(ascii: "\n")])
  }

  private func write(_ message: String, as event: LogRecord.Event) {
    switch format {
    case .text: printToStandardError(message)
    case .json:
      var record = LogRecord(event)
      record.message = message
      write(record)
    }
  }
}
