public import Foundation

/// The files of a finished run, as bytes: what is written is what verification compares.
public struct RunFiles: Hashable, Sendable {
  public let plan: Data
  public let trials: Data
  public let rounds: Data
  public let tradeoff: Data
  public let ledgers: Data
  /// Of a run that chooses privately.
  public let selection: Data?

  /// `plan` is a canonical document; the rows are in its order.
  public init(
    plan: Data, trials: [TrialRow], rounds: [RoundRow], ledgers: [LedgerRow],
    selection: SelectionRow? = nil
  ) throws(ResultsError) {
    self.plan = plan
    self.trials = CSV.encode(trials)
    self.rounds = CSV.encode(rounds)
    tradeoff = CSV.encode(TradeoffRow.summarize(trials))
    var lines = Data()
    for row in ledgers {
      lines.append(try CanonicalJSON.line(row))
      lines.append(UInt8(ascii: "\n"))
    }
    self.ledgers = lines
    self.selection = selection.map { CSV.encode([$0]) }
  }

  /// Reads the files of a finished run.
  public init(directory: String) throws(ResultsError) {
    guard exists("\(directory)/plan.json") else {
      throw .cannotRead(
        path: "\(directory)/plan.json", reason: "no finished run is here; see `tradeoff run --help`"
      )
    }
    plan = try read("\(directory)/plan.json")
    trials = try read("\(directory)/trials.csv")
    rounds = try read("\(directory)/rounds.csv")
    tradeoff = try read("\(directory)/tradeoff.csv")
    ledgers = try read("\(directory)/ledgers.jsonl")
    let choice = "\(directory)/\(Self.selectionName)"
    selection = exists(choice) ? try read(choice) : nil
  }

  /// File names with their contents, in the order in which they are written.
  public var byName: [(name: String, contents: Data)] {
    [
      ("trials.csv", trials), ("rounds.csv", rounds), ("ledgers.jsonl", ledgers),
      ("tradeoff.csv", tradeoff),
    ] + (selection.map { [(Self.selectionName, $0)] } ?? []) + [("plan.json", plan)]
  }

  static let selectionName = "selection.csv"

  /// Nil of a run that does not choose privately.
  public func selectionRow() throws(ResultsError) -> SelectionRow? {
    guard let selection else { return nil }
    return try CSV.decode(SelectionRow.self, from: selection, file: Self.selectionName).first
  }

  public func trialRows() throws(ResultsError) -> [TrialRow] {
    try CSV.decode(TrialRow.self, from: trials, file: "trials.csv")
  }

  public func roundRows() throws(ResultsError) -> [RoundRow] {
    try CSV.decode(RoundRow.self, from: rounds, file: "rounds.csv")
  }

  public func tradeoffRows() throws(ResultsError) -> [TradeoffRow] {
    try CSV.decode(TradeoffRow.self, from: tradeoff, file: "tradeoff.csv")
  }

  public func ledgerRows() throws(ResultsError) -> [LedgerRow] {
    var rows: [LedgerRow] = []
    for line in ledgers.split(separator: UInt8(ascii: "\n")) {
      rows.append(
        try CanonicalJSON.decode(
          LedgerRow.self, from: Data(line), file: "ledgers.jsonl:\(rows.count + 1)"))
    }
    return rows
  }

  /// What every trial left behind, by its name.
  ///
  /// - Parameter timings: of the trials; one that is not there took no time.
  public func outcomes(
    timings: [TimingRow] = []
  ) throws(ResultsError) -> [String: FinishedTrial] {
    let measurements = Dictionary(grouping: try roundRows(), by: \.trial)
    let timings = Dictionary(
      timings.map { ($0.trial, $0) }, uniquingKeysWith: { first, _ in first })
    var outcomes: [String: FinishedTrial] = [:]
    for row in try ledgerRows() {
      outcomes[row.trial] = FinishedTrial(
        measurements: (measurements[row.trial] ?? []).map {
          FinishedTrial.Measurement(
            round: $0.round, metric: $0.metric, site: $0.site, value: $0.value)
        }, ledger: row.events,
        timing: timings[row.trial] ?? TimingRow(trial: row.trial, seconds: 0, updates: 0))
    }
    return outcomes
  }
}
