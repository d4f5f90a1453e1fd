internal import Accounting
internal import Foundation
public import Results
internal import Statistics

/// Names neighbors whose difference may well be noise, so that nobody reads it as a signal.
public struct NoiseWarning: CustomStringConvertible {
  /// One a pair, few pairs.
  let lines: [String]

  public var description: String { lines.joined(separator: "\n") }

  private static let mostLines = 3

  /// nil where all neighbors can be told apart, or nothing can be told.
  ///
  /// - Parameter directory: of the run, where `tradeoff statistics` finds the rest.
  public init?(_ statistics: RunStatistics, directory: String) {
    let blurred = statistics.neighbors.filter { $0.verdict == .cannotBeToldApart }
    guard !blurred.isEmpty else { return nil }
    // One line more is no longer than the line that would stand for it.
    let shown = blurred.count > Self.mostLines + 1 ? Self.mostLines : blurred.count
    var lines = blurred.prefix(shown).map { difference in
      "\(pairName(difference)): difference \(signedPoints(difference.estimate)) points, "
        + "\(percentText(statistics.terms.confidence)) % paired interval "
        + "\(signedPoints(difference.interval)): not to be told from noise"
    }
    if shown < blurred.count {
      lines.append(
        "and \(blurred.count - shown) other neighbors; tradeoff statistics \(directory) lists them")
    }
    self.lines = lines
  }
}

/// `epsilon 6.0 and 8.0`, after what else is swept.
private func pairName(_ difference: SettingDifference) -> String {
  let (first, second) = (difference.first, difference.second)
  let series = first.series.isEmpty ? "" : "\(first.series), "
  return switch (first.claim.isPrivate, second.claim.isPrivate) {
  case (true, true): "\(series)epsilon \(epsilonName(first)) and \(epsilonName(second))"
  case (true, false) where !second.claim.hasNoise:
    "\(series)epsilon \(epsilonName(first)) and no noise"
  default: "\(shortLabel(first.sweep)) and \(shortLabel(second.sweep))"
  }
}

private func epsilonName(_ row: TradeoffRow) -> String {
  OutwardDecimal.text(row.claim.epsilonUpper, rounded: .up)
}
