import Foundation

/// Standard error, where it is a terminal whose cursor moves.
struct Terminal {
  /// nil for files, pipes and terminals that only print.
  init?() {
    guard isatty(STDERR_FILENO) == 1,
      let kind = ProcessInfo.processInfo.environment["TERM"], !kind.isEmpty, kind != "dumb"
    else { return nil }
  }

  /// Its size now. `COLUMNS` may make it narrower.
  var size: (columns: Int, rows: Int) {
    var window = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0
    let (columns, rows) = isKnown ? (Int(window.ws_col), Int(window.ws_row)) : (80, 24)
    let wanted = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
    return (wanted.map { isKnown ? min(columns, max(1, $0)) : max(1, $0) } ?? columns, rows)
  }
}

/// Lines at the bottom of a terminal that renew themselves. The cursor waits in the line below them, so
/// that what else is printed starts a line of its own.
struct TerminalBlock {
  private let terminal: Terminal
  private var widths: [Int] = []

  init(on terminal: Terminal) { self.terminal = terminal }

  /// Draws other lines in the place of those of before.
  mutating func draw(_ lines: [String]) {
    write(start + lines.map { "\($0)\u{1B}[K\n" }.joined() + "\u{1B}[J")
    widths = lines.map(\.count)
  }

  /// Prints a text above, to stay.
  mutating func print(_ text: String) {
    write("\(start)\u{1B}[J\(text)\n")
    widths = []
  }

  mutating func erase() {
    if !widths.isEmpty { write("\(start)\u{1B}[J") }
    widths = []
  }

  /// Moves to where the lines begin. A terminal that has become narrower has broken them.
  private var start: String {
    let columns = terminal.size.columns
    let rows = widths.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
    return rows > 0 ? "\r\u{1B}[\(rows)A" : "\r"
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
