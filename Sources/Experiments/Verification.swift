public import Accounting
public import Results

/// Derives the results of a finished run again from its own plan, measurements and ledgers.
public struct Verification: Sendable {
  /// What does not hold.
  public enum Finding: Hashable, Sendable, CustomStringConvertible {
    /// The file is not as it was when the run ended.
    case altered(file: String)
    /// The file is not what the plan, the measurements and the ledgers give; `line` is the first that
    /// differs.
    case notDerivable(file: String, line: Int)
    /// A trial's ledger does not cost what the table says.
    case price(trial: String, published: PrivacyClaim, repriced: PrivacyBound)

    public var description: String {
      switch self {
      case .altered(let file):
        "\(file) was altered after the run: its checksum differs from provenance.json"
      case .notDerivable(let file, let line):
        "\(file):\(line) is not what the plan, the measurements and the ledgers give"
      case .price(let trial, let published, let repriced):
        "trial \(trial): its ledger costs epsilon \(repriced.upper), "
          + "its row says \(published.epsilonUpper)"
      }
    }
  }

  public let trialCount: Int
  public let findings: [Finding]

  /// - Parameter directory: of a finished run.
  public init(directory: String) throws {
    let files = try RunFiles(directory: directory)
    let provenance = try Provenance(directory: directory)
    let plan = try Plan(directory: directory, files: files)
    var findings = provenance.alteredFiles(in: files).map { Finding.altered(file: $0) }

    let rows = try files.roundRows()
    let ledgers = Dictionary(
      try files.ledgerRows().map { ($0.trial, $0) }, uniquingKeysWith: { first, _ in first })
    var outcomes: [FinishedTrial] = []
    for trial in plan.trials {
      let id = trial.id.description
      guard let ledger = ledgers[id] else {
        throw ResultsError.unreadable(file: "ledgers.jsonl", reason: "trial \(id) has no ledger")
      }
      outcomes.append(
        FinishedTrial(
          measurements: rows.filter { $0.trial == id }.map {
            FinishedTrial.Measurement(round: $0.round, metric: $0.metric, value: $0.value)
          },
          ledger: ledger.events, timing: TimingRow(trial: id, seconds: 0, clientsTrained: 0)))
      let price = try trial.plan.privacy.price(ledger.events.event)
      if price.upper != trial.claim.epsilonUpper || price.lower != trial.claim.epsilonLower {
        findings.append(.price(trial: id, published: trial.claim, repriced: price))
      }
    }

    let derived = try plan.files(outcomes)
    for (expected, found) in zip(derived.byName, files.byName)
    where expected.contents != found.contents {
      findings.append(
        .notDerivable(
          file: found.name, line: Self.firstDifference(expected.contents, found.contents)))
    }
    trialCount = plan.trials.count
    self.findings = findings
  }

  private static func firstDifference(
    _ expected: some Sequence<UInt8>, _ found: some Sequence<UInt8>
  ) -> Int {
    var line = 1
    for (left, right) in zip(expected, found) {
      if left != right { return line }
      if left == UInt8(ascii: "\n") { line += 1 }
    }
    return line
  }
}
