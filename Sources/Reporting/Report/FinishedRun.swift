internal import Experiments
internal import Foundation
internal import Results

/// A finished run as a report reads it: as it was when it ended, and by the plan that its experiment
/// still gives.
public struct FinishedRun: Sendable {
  /// As it was named.
  public let directory: String
  let plan: Plan
  let provenance: Provenance
  let outcome: Outcome

  enum Outcome: Sendable {
    case sweep(SweepResults)
    /// Of a private choice: nothing else of the folder may be published.
    case choice(SelectionRow)
  }

  struct SweepResults: Sendable {
    /// A row a setting.
    let rows: [TradeoffRow]
    let trials: [TrialRow]
    let rounds: [RoundRow]
    let ledgers: [LedgerRow]
    let timings: [TimingRow]
  }

  /// Throws where a file is missing, unreadable or altered, and where the plan does not follow from its
  /// experiment. Prices are not computed again: ``Verification`` does that.
  public init(directory: String) throws {
    self.directory = Self.withoutSlashes(directory)
    let files = try RunFiles(directory: self.directory)
    provenance = try Provenance(directory: self.directory)
    if let altered = provenance.alteredFiles(in: files).first {
      throw ReportingError.altered(directory: self.directory, file: altered)
    }
    plan = try Plan(directory: self.directory, files: files)
    guard try plan.document() == files.plan else {
      throw ReportingError.notDerivable(directory: self.directory)
    }
    outcome =
      if let choice = try files.selectionRow() {
        .choice(choice)
      } else {
        .sweep(
          SweepResults(
            rows: try files.tradeoffRows(), trials: try files.trialRows(),
            rounds: try files.roundRows(), ledgers: try files.ledgerRows(),
            timings: try TimingRow.read(directory: self.directory)))
      }
  }

  private static func withoutSlashes(_ path: String) -> String {
    var path = path[...]
    while path.count > 1 && path.last == "/" { path.removeLast() }
    return String(path)
  }
}
