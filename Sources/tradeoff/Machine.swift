import Foundation
import LinearAlgebra
import Results

/// Where the program runs, for provenance.
struct Machine {
  let threads: Int

  static var hostName: String { ProcessInfo.processInfo.hostName }

  /// - Parameters:
  ///   - files: SHA-256 by file name.
  ///   - parts: of the parts that a divided run was merged from.
  func provenance(
    dataset: String, randomness: String, files: [String: String], parts: [Provenance]? = nil
  ) -> Provenance {
    Provenance(
      program: Version.description, commit: commit,
      command: ["tradeoff"] + CommandLine.arguments.dropFirst(), finished: Date(),
      operatingSystem: ProcessInfo.processInfo.operatingSystemVersionString,
      processor: processor, threads: threads,
      libraries: [
        "blas": BLASLibrary.configuration,
        Provenance.arithmeticKey: BLASLibrary.kernel,
        "vector_level": BLASLibrary.vectorLevel,
      ],
      dataset: dataset,
      randomness: randomness, files: files, parts: parts)
  }

  /// The most bytes of memory that this process has held.
  static var peakMemory: Int {
    var usage = rusage()
    #if os(Linux)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }

  /// The checkout that the command was run in; nil outside one.
  private var commit: String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil,
      let data = try? output.fileHandleForReading.readToEnd()
    else { return nil }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private var processor: String {
    let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = info.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    return "\(name ?? "unknown"), \(ProcessInfo.processInfo.processorCount) cores"
  }
}
