internal import Accounting
public import Foundation

/// What a sweep has come to, as lines of text that fit their place.
public struct ProgressText {
  /// Trials that train side by side.
  public struct Group {
    let name: String
    let round: Int
    let rounds: Int
    /// One a trial; nil before the first measurement.
    let accuracies: [Double]?
    /// Upper bounds, one a trial; infinite without noise.
    let epsilons: [Double]
    /// nil where the trials differ in it.
    let delta: Double?

    /// - Parameter sweeps: one a trial.
    public init(
      sweeps: [String], replicate: Int, round: Int, rounds: Int, accuracies: [Double]?,
      epsilons: [Double], delta: Double?
    ) {
      name = groupName(sweeps, replicate: replicate)
      self.round = round
      self.rounds = rounds
      self.accuracies = accuracies
      self.epsilons = epsilons
      self.delta = delta
    }
  }

  private let share: Double
  private let finishedTrials: Int
  private let trials: Int
  private let secondsLeft: Double?
  private let groups: [Group]
  private let now: Date

  /// - Parameter secondsLeft: nil before there is an estimate.
  public init(
    share: Double, finishedTrials: Int, trials: Int, secondsLeft: Double?, groups: [Group],
    now: Date = Date()
  ) {
    self.share = share
    self.finishedTrials = finishedTrials
    self.trials = trials
    self.secondsLeft = secondsLeft
    self.groups = groups
    self.now = now
  }

  /// Groups shown at most.
  private static let mostGroups = 4

  /// For a terminal of this size: an overall bar, and a line for each of the first groups. No line is
  /// wider than the terminal, and there are fewer than it has rows.
  public func screen(columns: Int, rows: Int) -> [String] {
    let room = max(0, min(Self.mostGroups, rows - 3))
    let shown = groups.prefix(room)
    var lines = [overallLine(columns: columns)] + shown.map { $0.line(columns: columns) }
    if groups.count > shown.count, rows > 2 {
      lines.append(cut("and \(groups.count - shown.count) more", to: columns))
    }
    return lines
  }

  /// For a log: all of it, however long.
  public var log: [String] {
    let left = secondsLeft.map { ", \(timeText($0)) left, ends about \(end($0))" } ?? ""
    return
      ["progress: \(percentText), \(finishedTrials)/\(trials) trials\(left)"]
      + groups.map { "  \($0.log)" }
  }

  private func overallLine(columns: Int) -> String {
    let trialCount = "\(finishedTrials)/\(trials)"
    return FittedLine(
      [
        [bar(share, width: 24), bar(share, width: 12), bar(share, width: 6), ""], [percentText],
        ["\(trialCount) trials", trialCount, ""],
        secondsLeft.map { ["\(timeText($0)) left", timeText($0), ""] } ?? [""],
        secondsLeft.map { ["ends \(end($0))", ""] } ?? [""],
      ], givingWay: [0, 0, 4, 2, 0, 3, 2, 3]
    ).text(columns: columns)
  }

  /// Rounded down: nothing is through before it is.
  private var percentText: String { "\(Int(share * 100)) %" }

  /// Nothing below a second can be foretold.
  private func timeText(_ seconds: Double) -> String {
    seconds < 10 ? "\(Int(seconds.rounded(.up))) s" : durationText(seconds)
  }

  private func end(_ secondsLeft: Double) -> String {
    clockText(now.addingTimeInterval(secondsLeft), from: now)
  }
}

extension ProgressText.Group {
  fileprivate func line(columns: Int) -> String {
    FittedLine(
      [
        [bar(Double(round) / Double(rounds), width: 10), ""], ["\(round)/\(rounds)"],
        accuracyForms, epsilonForms, [name, cut(name, to: 32), cut(name, to: 16), ""],
      ], givingWay: [4, 3, 2, 4, 3, 0, 4, 3, 2, 3]
    ).text(columns: columns)
  }

  fileprivate var log: String {
    (["round \(round)/\(rounds)"]
      + [accuracyForms, epsilonForms].compactMap(\.first).filter { !$0.isEmpty }
      + [name]).joined(separator: ", ")
  }

  private var accuracyForms: [String] {
    guard let range = range(accuracies ?? []) else { return [""] }
    func text(_ value: Double) -> String { String(format: "%.1f", 100 * value) }
    let (least, most) = (text(range.lowerBound), text(range.upperBound))
    return least == most
      ? ["accuracy \(most) %", "\(most) %", ""]
      : ["accuracy \(least) .. \(most) %", "\(least)-\(most) %", ""]
  }

  /// Empty before anything is spent.
  private var epsilonForms: [String] {
    guard round > 0 else { return [""] }
    guard let range = range(epsilons.filter(\.isFinite)) else {
      return ["epsilon inf", "eps. inf", ""]
    }
    func text(_ epsilon: Double) -> String { OutwardDecimal.text(epsilon, rounded: .up) }
    let (least, most) = (text(range.lowerBound), text(range.upperBound))
    let others = epsilons.allSatisfy(\.isFinite) ? "" : ", or inf"
    let plain = "epsilon <= \(least == most ? most : "\(least) .. \(most)")\(others)"
    return [
      delta.map { "\(plain) at delta \($0)" } ?? plain, plain,
      "eps. <= \(least == most ? most : "\(least)-\(most)")\(others)", "eps. <= \(most)", "",
    ]
  }

  private func range(_ values: [Double]) -> ClosedRange<Double>? {
    guard let least = values.min(), let most = values.max() else { return nil }
    return least...most
  }

}

/// Which replicate, what the trials have in common of the sweep, and how many they are.
private func groupName(_ sweeps: [String], replicate: Int) -> String {
  let axes = sweeps.map { $0.split(separator: ";") }
  let shared = axes[0].filter { axis in axes.allSatisfy { $0.contains(axis) } }
  let setting = shared.isEmpty ? [] : [shortLabel(shared.joined(separator: ";"))]
  let count = sweeps.count > 1 ? ["\(sweeps.count) trials"] : []
  return (["replicate \(replicate)"] + setting + count).joined(separator: ", ")
}

private func bar(_ share: Double, width: Int) -> String {
  let filled = Int(min(1, max(0, share)) * Double(width))
  return "[" + String(repeating: "#", count: filled)
    + String(repeating: "-", count: width - filled) + "]"
}
