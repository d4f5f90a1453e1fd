internal import Accounting
internal import Experiments
internal import Results

/// Several runs side by side, as far as they can be compared.
struct Comparison {
  private let runs: [FinishedRun]

  init(of runs: [FinishedRun]) { self.runs = runs }

  func section() throws(ReportingError) -> Section {
    Section(title: "Side by side", anchor: "side-by-side", blocks: try blocks())
  }

  private func blocks() throws(ReportingError) -> [Block] {
    let measures = Set(
      runs.map { "\($0.plan.evaluationDescription) \($0.plan.measureDescription)" })
    let data = Set(runs.map(\.plan.datasetDescription))
    let rows = runs.enumerated().flatMap { index, run in
      run.sweepRows.map { (run: Optional(name(of: run, index)), row: $0) }
    }
    if runs.contains(where: \.isChoice) {
      return refusal("one of them publishes a private choice alone")
    }
    guard measures.count == 1 else {
      return refusal("they measure \(measures.sorted().joined(separator: ", "))")
    }
    guard data.count == 1 else { return refusal("they are about different data") }
    let plan = runs[0].plan
    let table = SettingTable(
      rows, name: "table-side-by-side", subject: "every setting of every experiment",
      evaluationSplit: plan.evaluationDescription, measure: plan.measureDescription
    ).table
    return try figure(rows) + [.table(table)]
  }

  private func refusal(_ reason: String) -> [Block] {
    [.paragraph("These experiments are not set beside each other, since \(reason).")]
  }

  /// On one axis stand epsilons of one meaning only.
  private func figure(
    _ rows: [(run: String?, row: TradeoffRow)]
  ) throws(ReportingError) -> [Block] {
    let meanings = Set(rows.map(\.row.claim).filter(\.isPrivate).map(Meaning.init))
    guard meanings.count <= 1 else {
      return [
        .paragraph(
          """
          There is no plot of all: their epsilons differ in unit, neighbors or δ, and do not belong on \
          one axis.
          """)
      ]
    }
    let named = rows.map { run, row in row.renamed("experiment=\(run ?? "");\(row.sweep)") }
    guard PlotSeries.all(of: named).count <= LinePlot.mostSeries else {
      return [
        .paragraph("There is no plot of all: it would hold more curves than can be told apart.")
      ]
    }
    let plan = runs[0].plan
    let figure = try TradeoffFigure.make(
      named, name: "side-by-side-tradeoff", evaluationSplit: plan.evaluationDescription,
      measure: plan.measureDescription)
    return figure.map { [.figures([$0])] } ?? []
  }

  private struct Meaning: Hashable {
    let unit: PrivacyUnit
    let relation: NeighboringRelation
    let delta: Double

    init(_ claim: PrivacyClaim) {
      unit = claim.privacyUnit
      relation = claim.neighboringRelation
      delta = claim.delta
    }
  }

  /// Folders of the same experiment are told apart by their places.
  private func name(of run: FinishedRun, _ index: Int) -> String {
    let name = run.plan.experiment.folderName
    let isAlone = runs.filter { $0.plan.experiment.folderName == name }.count == 1
    return isAlone ? name : "\(name) (\(index + 1))"
  }
}

extension FinishedRun {
  fileprivate var isChoice: Bool { if case .choice = outcome { true } else { false } }

  fileprivate var sweepRows: [TradeoffRow] {
    if case .sweep(let results) = outcome { results.rows } else { [] }
  }
}
