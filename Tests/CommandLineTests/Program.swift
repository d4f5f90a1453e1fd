import Foundation
import _TestSupport

/// The built command, run as a process.
struct Program {
  struct Ending {
    let status: Int32
    let wasKilled: Bool
    let output: String
    let errors: String
  }

  static let path = path(of: "tradeoff")

  /// A program beside the bundle of these tests.
  static func path(of name: String) -> String {
    let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
    let tests = URL(filePath: bundle ?? CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appending(path: name).path(percentEncoded: false)
  }

  /// Runs to the end.
  static func run(_ arguments: [String], in folder: String? = nil) throws -> Ending {
    try Running(arguments, in: folder).end()
  }

  /// Runs with a text on standard input.
  static func run(_ arguments: [String], input: String) throws -> Ending {
    let folder = try TemporaryFolder()
    try folder.write(input, to: "input")
    return try run(after: "exec < '\(folder.at("input"))'", arguments)
  }

  static func run(_ arguments: String..., in folder: String? = nil) throws -> Ending {
    try run(arguments, in: folder)
  }

  /// Runs under a shell that sets limits first.
  static func run(after preparation: String, _ arguments: String...) throws -> Ending {
    try run(after: preparation, arguments)
  }

  static func run(after preparation: String, _ arguments: [String]) throws -> Ending {
    try Running(
      program: "/bin/sh", ["-c", "\(preparation); exec \"$@\"", "sh", path] + arguments, in: nil
    )
    .end()
  }

  /// A process that has started. What it says goes to files, so that it never waits for a reader.
  final class Running {
    private let process = Process()
    private let folder: TemporaryFolder

    init(program: String = Program.path, _ arguments: [String], in directory: String?) throws {
      folder = try TemporaryFolder()
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      if let directory { process.currentDirectoryURL = URL(filePath: directory) }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try file("output")
      process.standardError = try file("errors")
      try process.run()
    }

    var isRunning: Bool { process.isRunning }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    func end() throws -> Ending {
      process.waitUntilExit()
      return Ending(
        status: process.terminationStatus,
        wasKilled: process.terminationReason == .uncaughtSignal,
        output: try folder.text("output"), errors: try folder.text("errors"))
    }

    private func file(_ name: String) throws -> FileHandle {
      try folder.write("", to: name)
      return try FileHandle(forWritingTo: URL(filePath: folder.at(name)))
    }
  }
}
