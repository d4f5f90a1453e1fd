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
    let statistics = try RunStatistics(
      of: try files.trialRows(), exampleCount: plan.evaluationExampleCount)
    if let warning = NoiseWarning(statistics, directory: directory) { print(warning) }
    print(plan.publicationDescription)
    print(plan.tuningDescription)
    log.note("table: \(directory)/tradeoff.csv")
  }

  /// The plots, where there is a curve and it is not drawn yet. Runs of a private choice are not to be
  /// published, and not drawn.
  func draw() throws {
    guard try files.selectionRow() == nil else { return }
    let rows = try files.tradeoffRows()
    if !TradeoffPlot.isWritten(in: directory),
      let plot = TradeoffPlot(
        rows, evaluationSplit: plan.evaluationDescription, measure: plan.measureDescription)
    {
      try plot.write(to: directory)
      log.note("plot: \(directory)/tradeoff.svg and .png")
    }
    if !AuditPlot.isWritten(in: directory), let plot = AuditPlot(rows) {
      try plot.write(to: directory)
      log.note("plot: \(directory)/audit.svg and .png")
    }
  }

  /// Says that results come that the folder's plots, if there are any, are not of.
  static func markPlotsOutOfDate(in directory: String) throws {
    try TradeoffPlot.markOutOfDate(in: directory)
    try AuditPlot.markOutOfDate(in: directory)
  }
}
