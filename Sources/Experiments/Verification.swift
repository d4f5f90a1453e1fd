internal import Accounting
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
    /// A file does not hold what it should, so nothing can be derived from it.
    case unreadable(reason: String)
    /// A trial was not measured after the rounds that the plan names.
    case measuredRounds(trial: String, planned: [Int], found: [Int])
    /// A trial's ledger does not cost what its plan says.
    case price(trial: String, claim: PrivacyClaim, repriced: PrivacyClaim)

    public var description: String {
      switch self {
      case .altered(let file):
        "\(file) was altered after the run: its checksum differs from provenance.json"
      case .notDerivable(let file, let line):
        "\(file):\(line) is not what the plan, the measurements and the ledgers give"
      case .unreadable(let reason):
        reason
      case .measuredRounds(let trial, let planned, let found):
        "trial \(trial): the plan measures rounds \(planned), rounds.csv holds \(found)"
      case .price(let trial, let claim, let repriced):
        "trial \(trial): its ledger costs epsilon \(repriced.epsilonUpper), its plan says "
          + "\(claim.epsilonUpper) (at \(claim.terms))"
      }
    }
  }

  public let trialCount: Int
  public let findings: [Finding]

  /// - Parameter directory: of a finished run.
  public init(directory: String) throws {
    let files = try RunFiles(directory: directory)
    let provenance = try Provenance(directory: directory)
    let altered = provenance.alteredFiles(in: files).map { Finding.altered(file: $0) }
    let derivation: (trialCount: Int, findings: [Finding])
    do {
      let plan = try Plan(directory: directory, files: files)
      derivation = (plan.trials.count, try Self.findings(in: files, of: plan))
    } catch {
      derivation = (0, [.unreadable(reason: "\(error)")])
    }
    trialCount = derivation.trialCount
    findings = altered + derivation.findings
  }

  private static func findings(in files: RunFiles, of plan: Plan) throws -> [Finding] {
    var findings: [Finding] = []
    let found = try files.outcomes()
    var outcomes: [FinishedTrial] = []
    for trial in plan.trials {
      let id = trial.id.description
      guard let outcome = found[id] else {
        throw ResultsError.unreadable(file: "ledgers.jsonl", reason: "trial \(id) has no ledger")
      }
      outcomes.append(outcome)
      let planned = trial.task.measuredRounds
      let measured = outcome.measurements.filter { $0.metric == .accuracy && $0.site == nil }
        .map(\.round)
      if planned != measured {
        findings.append(.measuredRounds(trial: id, planned: planned, found: measured))
      }
      let repriced = try trial.task.claim(on: outcome.ledger.event)
      if repriced != trial.claim {
        findings.append(.price(trial: id, claim: trial.claim, repriced: repriced))
      }
    }

    let derived = try plan.files(outcomes)
    if (derived.selection == nil) != (files.selection == nil) {
      throw ResultsError.unreadable(
        file: "selection.csv",
        reason: derived.selection == nil
          ? "the plan chooses nothing" : "the plan chooses, and the file is missing")
    }
    for (expected, found) in zip(derived.byName, files.byName)
    where expected.contents != found.contents {
      findings.append(
        .notDerivable(
          file: found.name, line: firstDifference(expected.contents, found.contents)))
    }
    return findings
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
