internal import Foundation
internal import Results

/// Runs gnuplot.
public enum Gnuplot {
  /// Whether plots can be drawn here.
  public static var isInstalled: Bool { path != nil }

  /// Draws `path`.svg and `path`.png, and then writes `path`.gnuplot, the script that drew them.
  static func write(_ script: String, to path: String) throws(ReportingError) {
    // Three and a half inches wide, the column of a two-column paper; the PNG at 400 dots an inch.
    try draw(
      script,
      terminal: "svg size 504,392 dynamic background rgb \"white\" font \"DejaVu Sans,12\"",
      to: "\(path).svg")
    try draw(
      script,
      terminal: "pngcairo size 1400,1089 font \"DejaVu Sans,12\" fontscale 2.2 linewidth 2.4 "
        + "pointscale 2",
      to: "\(path).png")
    try replace("\(path).gnuplot", by: Data(script.utf8))
  }

  /// Whether `path` was written to the end.
  static func isWritten(_ path: String) -> Bool {
    ["svg", "png", "gnuplot"].allSatisfy {
      FileManager.default.fileExists(atPath: "\(path).\($0)")
    }
  }

  /// Takes the script away, so that ``isWritten(_:)`` is false until `path` is written again.
  static func markOutOfDate(_ path: String) throws(ReportingError) {
    let script = "\(path).gnuplot"
    guard unlink(script) == 0 || errno == ENOENT else {
      throw .cannotWrite(path: script, reason: String(cString: strerror(errno)))
    }
  }

  /// The drawing as SVG.
  static func svg(_ script: String, width: Int, height: Int) throws(ReportingError) -> String {
    let drawing = try run(
      "set terminal svg size \(width),\(height) dynamic font \"DejaVu Sans,13\"\n\(script)",
      for: "a plot")
    return String(decoding: drawing, as: UTF8.self)
  }

  static func draw(_ script: String, terminal: String, to path: String) throws(ReportingError) {
    try replace(path, by: run("set terminal \(terminal)\n\(script)", for: path))
  }

  /// What a script writes to standard output. gnuplot does not say when a disk is full, so it does not write
  /// files itself.
  private static func run(
    _ script: String, for path: String
  ) throws(ReportingError) -> Data {
    guard let program = self.path else { throw .noGnuplot }
    let process = Process()
    process.executableURL = URL(filePath: program)
    let (input, output, complaints) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = complaints
    let (drawing, message): (Data, Data)
    do {
      try process.run()
      // A script draws at its end, when all of it is read.
      try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
      try input.fileHandleForWriting.close()
      drawing = try output.fileHandleForReading.readToEnd() ?? Data()
      message = try complaints.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
    } catch {
      throw .cannotWrite(path: path, reason: "gnuplot did not run: \(error.localizedDescription)")
    }
    guard process.terminationStatus == 0, !drawing.isEmpty else {
      throw .cannotWrite(
        path: path, reason: "gnuplot failed: \(String(decoding: message, as: UTF8.self))")
    }
    return drawing
  }

  private static func replace(_ path: String, by contents: Data) throws(ReportingError) {
    do {
      try writeAtomically(contents, to: path)
    } catch .cannotWrite(let path, let reason) {
      throw .cannotWrite(path: path, reason: reason)
    } catch {
      throw .cannotWrite(path: path, reason: "\(error)")
    }
  }

  private static var path: String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/gnuplot" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
