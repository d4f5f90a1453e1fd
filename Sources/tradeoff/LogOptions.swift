import ArgumentParser

/// What a run says on standard error. Changes no result.
struct LogOptions: ParsableArguments {
  @Option(help: "What standard error is: text, with bars on a terminal, or json, an object a line.")
  var logFormat: RunLog.Format = .text

  @Option(help: "Least seconds between two reports of progress, where they are lines.")
  var logSeconds = 30.0

  @Flag(help: "Say nothing but errors and the result.")
  var quiet = false

  private static let mostSeconds = 1e6

  func validate() throws {
    guard (0...Self.mostSeconds).contains(logSeconds) else {
      throw ValidationError(
        "--log-seconds is \(logSeconds); it must be from 0 to \(Self.mostSeconds).")
    }
  }

  /// nil where nothing is to be shown.
  var display: (any ProgressDisplay)? {
    if quiet { return nil }
    let interval = Duration.seconds(logSeconds)
    switch logFormat {
    case .text: return Terminal().map(TerminalDisplay.init(on:)) ?? TextDisplay(interval: interval)
    case .json: return JSONDisplay(log: runLog, interval: interval)
    }
  }

  var runLog: RunLog { RunLog(format: logFormat, isQuiet: quiet) }
}
