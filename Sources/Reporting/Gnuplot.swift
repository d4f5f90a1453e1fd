internal import Foundation

/// Runs gnuplot.
public enum Gnuplot {
  /// Whether plots can be drawn here.
  public static var isInstalled: Bool { path != nil }

  static func draw(_ script: String, terminal: String, to path: String) throws(ReportingError) {
    guard let program = self.path else { throw .noGnuplot }
    let temporary = path + ".new"
    let process = Process()
    process.executableURL = URL(filePath: program)
    let input = Pipe()
    let complaints = Pipe()
    process.standardInput = input
    process.standardError = complaints
    let message: String
    do {
      try process.run()
      let text = "set terminal \(terminal)\nset output \"\(quoted(temporary))\"\n\(script)"
      try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
      try input.fileHandleForWriting.close()
      message = String(
        decoding: try complaints.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      process.waitUntilExit()
    } catch {
      throw .cannotWrite(path: path, reason: "gnuplot did not run: \(error.localizedDescription)")
    }
    guard process.terminationStatus == 0, rename(temporary, path) == 0 else {
      unlink(temporary)
      throw .cannotWrite(path: path, reason: "gnuplot failed: \(message)")
    }
  }

  private static var path: String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/gnuplot" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func quoted(_ text: String) -> String {
    text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
  }
}
