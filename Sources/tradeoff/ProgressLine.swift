import Foundation
import Reporting

/// How far a long answer is, on one line of a terminal that renews itself; nothing elsewhere.
final class ProgressLine {
  private let total: Int
  private let noun: String
  private let isTerminal = Terminal() != nil
  private let start = ContinuousClock.now
  private var lastDrawn = ContinuousClock.now
  private var count = 0

  init(total: Int, noun: String) {
    self.total = total
    self.noun = noun
  }

  func advance() {
    count += 1
    guard isTerminal, ContinuousClock.now - lastDrawn > .milliseconds(100) else { return }
    lastDrawn = .now
    let seconds = (lastDrawn - start) / .seconds(1) / Double(count) * Double(total - count)
    write("\r\u{1B}[K\(noun) \(count)/\(total), \(durationText(seconds)) left")
  }

  /// Clears the line.
  func end() {
    if isTerminal { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
