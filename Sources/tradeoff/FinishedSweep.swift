import Experiments
import Reporting
import Results

/// A finished run for its readers.
struct FinishedSweep {
  let plan: Plan
  let files: RunFiles
  let directory: String
  var log = RunLog.plain

  /// The table and what must be known with it.
  func show() throws {
    if let choice = try files.selectionRow() {
      print(SelectionReport(choice, question: plan.experiment.question))
      log.note(
        "choice: \(directory)/selection.csv; the other files of the folder hold every run, and "
          + "are not to be published")
      return
    }
    print(plan.experiment.question)
    print()
    print(
      TradeoffTable(
        try files.tradeoffRows(), evaluationSplit: plan.evaluationDescription,
        measure: plan.measureDescription))
    for hardening in plan.hardeningDescriptions { print(hardening) }
    let statistics = try RunStatistics(
      of: try files.trialRows(), exampleCount: plan.evaluationExampleCount)
    if let warning = NoiseWarning(statistics, directory: directory) { print(warning) }
    print(plan.publicationDescription)
    print(plan.tuningDescription)
    log.note("table: \(directory)/tradeoff.csv")
  }

  /// The plot, where there is a curve and it is not drawn yet. Runs of a private choice are not to be
  /// published, and not drawn.
  func draw() throws {
    guard !TradeoffPlot.isWritten(in: directory), try files.selectionRow() == nil,
      let plot = TradeoffPlot(
        try files.tradeoffRows(), evaluationSplit: plan.evaluationDescription,
        measure: plan.measureDescription)
    else { return }
    try plot.write(to: directory)
    log.note("plot: \(directory)/tradeoff.svg and .png")
  }
}
