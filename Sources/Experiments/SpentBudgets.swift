internal import Results

/// What trials have spent on the way: upper bounds on epsilon after some of their rounds, each priced
/// once.
///
/// Epsilon grows with the rounds. So the bound of a later round holds for every earlier one, and that
/// of the last round is in the plan.
public struct SpentBudgets: Sendable {
  /// Rounds that are priced: this many along a trial.
  private static let marks = 5

  private struct Mark: Hashable {
    let setting: Int
    let round: Int
  }

  private var epsilonUpper: [Mark: Double] = [:]

  public init() {}

  /// The tightest bound that is known to hold after this round.
  public func epsilonUpper(of trial: PlannedTrial, after round: Int) -> Double {
    let known = marks(of: trial, from: round).compactMap {
      epsilonUpper[Mark(setting: trial.setting, round: $0)]
    }
    return known.first ?? trial.claim.epsilonUpper
  }

  /// The next round to be priced for a tighter bound, nil where there is none.
  public func nextRound(of trial: PlannedTrial, after round: Int) -> Int? {
    guard trial.claim.isPrivate else { return nil }
    return marks(of: trial, from: round).first {
      epsilonUpper[Mark(setting: trial.setting, round: $0)] == nil
    }
  }

  /// - Parameter epsilon: ``PlannedTrial/epsilonUpper(after:)`` of the round.
  public mutating func learn(_ epsilon: Double, of trial: PlannedTrial, after round: Int) {
    epsilonUpper[Mark(setting: trial.setting, round: round)] = epsilon
  }

  private func marks(of trial: PlannedTrial, from round: Int) -> [Int] {
    let step = max(1, (trial.task.rounds + Self.marks - 1) / Self.marks)
    return Array(
      stride(from: (max(1, round) + step - 1) / step * step, to: trial.task.rounds, by: step))
  }
}
