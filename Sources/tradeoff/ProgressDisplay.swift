import Experiments

/// Where progress is shown.
protocol ProgressDisplay: Sendable {
  /// Least time between two reports.
  var interval: Duration { get }

  /// A line to stay.
  mutating func say(_ message: String)
  mutating func started(_ load: Workload, terms: [String])
  mutating func finished(
    _ trial: PlannedTrial, accuracy: Double, seconds: Double, _ progress: SweepProgress)
  mutating func report(_ progress: SweepProgress, _ budgets: SpentBudgets)
  /// Nothing more is reported.
  mutating func end()
  mutating func summarize(_ progress: SweepProgress, seconds: Double, directory: String)
}
