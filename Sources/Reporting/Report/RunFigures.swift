internal import Accounting
internal import Experiments
internal import Foundation
internal import Results

/// The plots of a run, each where there is something to plot.
struct RunFigures {
  let results: FinishedRun.SweepResults
  let plan: Plan
  /// Before the names of figures, where a document is about several runs.
  let prefix: String
  private let names: SettingNames

  init(_ results: FinishedRun.SweepResults, plan: Plan, prefix: String) {
    self.results = results
    self.plan = plan
    self.prefix = prefix
    names = SettingNames(results.rows)
  }

  func tradeoff() throws(ReportingError) -> Figure? {
    try TradeoffFigure.make(
      results.rows, name: "\(prefix)tradeoff", evaluationSplit: plan.evaluationDescription,
      measure: plan.measureDescription)
  }

  /// What audits certify, where there are any.
  func audit() throws(ReportingError) -> Figure? {
    guard let plot = AuditPlot(results.rows) else { return nil }
    let ends = results.rows.compactMap { row in
      row.audit.map { audit in
        "\(names[row]): at least \(OutwardDecimal.text(audit.epsilonLower, rounded: .down))"
      }
    }
    return Figure(
      name: "\(prefix)audit", title: "Audited ε against ε",
      caption:
        "Dashed: the accountant's upper bound. A sound program stays below it, up to the confidence "
        + "of the audit.",
      description: "Audited lower bounds on epsilon. \(ends.joined(separator: "; ")).",
      drawing: try Drawing(plot.script))
  }

  func alongRounds() throws -> [Figure] {
    [try accuracy(), try epsilon(), try clippedFraction()].compactMap { $0 }
  }

  private func accuracy() throws -> Figure? {
    let measure = "\(sentence(plan.evaluationDescription)) \(plan.measureDescription)"
    let all = RoundCurves(of: .accuracy, times: 100, in: results)
    return try figure(
      all, name: "accuracy-over-rounds", title: "\(measure) over rounds", y: "\(measure) (%)",
      caption: "Lines: means over replicates.\(bandCaption(all))")
  }

  private func epsilon() throws -> Figure? {
    let all = try RoundCurves.epsilons(in: results)
    return try figure(
      all, name: "epsilon-over-rounds", title: "Privacy spent over rounds",
      y: "ε spent (upper bound)",
      caption: """
        What the rounds up to each measured one cost by the accountant of the last, from the ledger, at \
        the terms below the table. Settings at the same price share a line.
        """, from: 0, text: { OutwardDecimal.text($0, rounded: .up) })
  }

  private func clippedFraction() throws -> Figure? {
    let all = RoundCurves(of: .diagnosticClippedFraction, times: 100, in: results)
      .filter(\.claim.hasNoise)
    return try figure(
      all, name: "clipped-over-rounds", title: "Clipped contributions over rounds",
      y: "Clipped contributions (%)",
      caption: """
        The share of contributions that were longer than the clipping norm. A diagnostic: the guarantee \
        does not cover it.\(bandCaption(all))
        """, from: 0, to: 100)
  }

  /// Seconds a trial, by setting; in words where there is nothing to compare.
  func time() throws(ReportingError) -> [Block] {
    let sharing = """
      Trials that were trained side by side share their time, so that it says what a sweep takes and not \
      what a trial would take alone.
      """
    let seconds = results.secondsBySetting
    let bars = results.rows.compactMap { row in
      seconds[row.setting].map { (name: names[row], amount: $0) }
    }
    guard let least = bars.map(\.amount).min(), let most = bars.map(\.amount).max() else {
      return []
    }
    let total: Block = .paragraph(
      "All trials together took \(number(results.timings.reduce(0) { $0 + $1.seconds })) seconds.")
    guard most > 1.005 * least else {
      return [total, .paragraph("Each took \(number(most)) of them. \(sharing)")]
    }
    let plot = BarPlot(bars, axis: "Seconds a trial")
    let figure = Figure(
      name: "\(prefix)time", title: "Time",
      caption: "Mean over the replicates of a setting. \(sharing)",
      description: "Bars from \(number(least)) to \(number(most)) seconds.",
      drawing: try Drawing(plot.script, height: plot.height))
    return [total, .figures([figure])]
  }

  private func figure(
    _ all: RoundCurves, name: String, title: String, y: String, caption: String,
    from lowest: Double? = nil, to highest: Double? = nil, text: (Double) -> String = number
  ) throws(ReportingError) -> Figure? {
    let shown = all.spread(atMost: LinePlot.mostSeries)
    guard !shown.curves.isEmpty else { return nil }
    let values = shown.curves.flatMap(\.points).flatMap { point in
      [point.y, point.band?.lower ?? point.y, point.band?.upper ?? point.y]
    }
    let most = values.max() ?? 1
    let least = values.min() ?? 0
    // A band may be wider than what there is.
    let range: ClosedRange<Double>? =
      if let lowest {
        lowest...(highest ?? max(1.05 * most, lowest + 1e-6))
      } else {
        least < 0 || most > 100 ? max(least, 0)...min(most, 100) : nil
      }
    let plot = LinePlot(
      shown.curves.map { LinePlot.Series(name: names[$0.row], points: $0.points) }, x: "Round",
      y: y, range: range)
    let selection =
      shown.curves.count < all.curves.count
      ? " Shown are \(shown.curves.count) of \(all.curves.count), spread evenly over the table."
      : ""
    let ends = shown.curves.map { curve in
      "\(names[curve.row]): \(text(curve.points[0].y)) to "
        + text(curve.points[curve.points.count - 1].y)
    }
    return Figure(
      name: prefix + name, title: title, caption: Prose(caption + selection),
      description: "\(y), from the first to the last measured round. "
        + "\(ends.joined(separator: "; ")).",
      drawing: try Drawing(plot.script, height: plot.height))
  }

  private func bandCaption(_ curves: RoundCurves) -> String {
    curves.curves.contains { $0.points.contains { $0.band != nil } }
      ? " Bands: 95 % Student intervals of these means." : " There is one replicate, so no band."
  }
}

/// Accuracy against epsilon.
enum TradeoffFigure {
  static func make(
    _ rows: [TradeoffRow], name: String, evaluationSplit: String, measure: String
  ) throws(ReportingError) -> Figure? {
    guard
      let plot = TradeoffPlot(
        rows, evaluationSplit: evaluationSplit, measure: measure, isCaptioned: false)
    else { return nil }
    let series = PlotSeries.all(of: rows)
    let replicates =
      rows.contains { $0.n > 1 }
      ? "Points: means over replicates, with 95 % Student intervals of these means."
      : "Points: one run each."
    let baseline =
      series.contains { $0.baseline != nil } ? " Dashed: without noise and without privacy." : ""
    let curves = series.flatMap(\.curve)
    let ends = [curves.first, curves.last].compactMap { $0 }.map { row in
      "\(percent(row.accuracyMean)) at epsilon "
        + OutwardDecimal.text(row.claim.epsilonUpper, rounded: .up)
    }
    let key = PlotKey(series.map(\.name), width: Drawing.width)
    return Figure(
      name: name, title: "\(sentence(evaluationSplit)) \(measure) against ε",
      caption: Prose("\(replicates)\(baseline) ε: upper bounds at the terms below the table."),
      description: "\(series.count) \(series.count == 1 ? "curve" : "curves") of "
        + "\(evaluationSplit) \(measure) against epsilon, from \(ends.joined(separator: " to ")).",
      drawing: try Drawing(
        plot.script, height: Drawing.height + (series.count > 1 ? key.height : 0)))
  }
}

extension FinishedRun.SweepResults {
  /// Mean seconds a trial.
  fileprivate var secondsBySetting: [Int: Double] {
    let seconds = Dictionary(
      timings.map { ($0.trial, $0.seconds) }, uniquingKeysWith: { first, _ in first })
    return Dictionary(grouping: trials, by: \.setting).compactMapValues { trials in
      let known = trials.compactMap { seconds[$0.trial] }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }
}

private func number(_ value: Double) -> String { String(format: "%.4g", value) }
