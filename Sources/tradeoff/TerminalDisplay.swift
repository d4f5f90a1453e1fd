import Experiments
import Reporting

/// A block at the bottom of a terminal, which renews itself.
struct TerminalDisplay: ProgressDisplay {
  let interval = Duration.milliseconds(125)
  private let terminal: Terminal
  private var block: TerminalBlock

  init(on terminal: Terminal) {
    self.terminal = terminal
    block = TerminalBlock(on: terminal)
  }

  mutating func say(_ message: String) { block.print(message) }

  mutating func started(_ load: Workload, terms: [String]) {
    for line in startLines(load, terms: terms) { say(line) }
  }

  mutating func finished(
    _ trial: PlannedTrial, accuracy: Double, seconds: Double, _ progress: SweepProgress
  ) {}

  mutating func report(_ progress: SweepProgress, _ budgets: SpentBudgets) {
    let size = terminal.size
    // The last column stays free: some terminals break a line that fills it.
    block.draw(
      ProgressText(progress, budgets).screen(columns: size.columns - 1, rows: size.rows))
  }

  mutating func end() { block.erase() }

  mutating func summarize(_ progress: SweepProgress, seconds: Double, directory: String) {
    say("\(RunSummary(progress, seconds: seconds))")
  }
}
