internal import Foundation

/// Runs gnuplot.
public enum Gnuplot {
  /// Whether plots can be drawn here.
  public static var isInstalled: Bool { path != nil }

  /// Writes `path`.gnuplot, which is the script, and `path`.svg and `path`.png, which it draws.
  static func write(_ script: String, to path: String) throws(ReportingError) {
    let source = "\(path).gnuplot"
    do {
      try script.write(toFile: source, atomically: true, encoding: .utf8)
    } catch {
      throw .cannotWrite(path: source, reason: error.localizedDescription)
    }
    // Three and a half inches wide, the column of a two-column paper; the PNG at 400 dots an inch.
    try draw(
      script, terminal: "svg size 504,392 dynamic background rgb \"white\" font \"DejaVu Sans,12\"",
      to: "\(path).svg")
    try draw(
      script,
      terminal: "pngcairo size 1400,1089 font \"DejaVu Sans,12\" fontscale 2.2 linewidth 2.4 "
        + "pointscale 2",
      to: "\(path).png")
  }

  /// The drawing as SVG.
  static func svg(_ script: String, width: Int, height: Int) throws(ReportingError) -> String {
    let drawing = try run(
      "set terminal svg size \(width),\(height) dynamic font \"DejaVu Sans,13\"\n\(script)",
      for: "a plot")
    return String(decoding: drawing, as: UTF8.self)
  }

  static func draw(_ script: String, terminal: String, to path: String) throws(ReportingError) {
    let temporary = path + ".new"
    do {
      _ = try run(
        "set terminal \(terminal)\nset output \"\(quoted(temporary))\"\n\(script)", for: path)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      unlink(temporary)
      throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// What a script writes to standard output.
  private static func run(
    _ script: String, for path: String
  ) throws(ReportingError) -> Data {
    guard let program = self.path else { throw .noGnuplot }
    let process = Process()
    process.executableURL = URL(filePath: program)
    let input = Pipe()
    let output = Pipe()
    let complaints = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = complaints
    let drawing: Data
    let message: String
    do {
      try process.run()
      // A script draws at its end, when all of it is read.
      try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
      try input.fileHandleForWriting.close()
      drawing = try output.fileHandleForReading.readToEnd() ?? Data()
      message = String(
        decoding: try complaints.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      process.waitUntilExit()
    } catch {
      throw .cannotWrite(path: path, reason: "gnuplot did not run: \(error.localizedDescription)")
    }
    guard process.terminationStatus == 0 else {
      throw .cannotWrite(path: path, reason: "gnuplot failed: \(message)")
    }
    return drawing
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
