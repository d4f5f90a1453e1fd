public import Accounting

/// One line of `ledgers.jsonl`: all that a trial released, with what is needed to price it again.
public struct LedgerRow: Hashable, Codable, Sendable {
  public let trial: String
  public let privacyUnit: PrivacyUnit
  public let neighboringRelation: NeighboringRelation
  public let events: Ledger

  public init(
    trial: String, privacyUnit: PrivacyUnit, neighboringRelation: NeighboringRelation,
    events: Ledger
  ) {
    self.trial = trial
    self.privacyUnit = privacyUnit
    self.neighboringRelation = neighboringRelation
    self.events = events
  }

  private enum CodingKeys: String, CodingKey {
    case trial
    case privacyUnit = "privacy_unit"
    case neighboringRelation = "neighboring_relation"
    case events
  }
}
