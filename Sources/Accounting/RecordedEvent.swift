/// What a run released, as a file tells it.
///
/// Decodes, besides ``PrivacyEvent``, a ``Ledger``, a line of `ledgers.jsonl` (an object with
/// `events`, a ledger, and perhaps `neighboring_relation` and `privacy_unit`), and the events of the
/// Python package dp-accounting, as objects with a `class_name` or as its named tuples.
public struct RecordedEvent: Decodable, Hashable, Sendable {
  public let event: PrivacyEvent
  /// The neighbors that the record is about, where it says so.
  public let neighboringRelation: NeighboringRelation?
  /// Whom the record is about, where it says so.
  public let privacyUnit: PrivacyUnit?

  private enum CodingKeys: String, CodingKey {
    case kind
    case className = "class_name"
    case events
    case neighboringRelation = "neighboring_relation"
    case privacyUnit = "privacy_unit"
  }

  public init(from decoder: any Decoder) throws {
    guard let fields = try? decoder.container(keyedBy: CodingKeys.self) else {
      try self.init(listFrom: decoder)
      return
    }
    if fields.contains(.kind) {
      self.init(try PrivacyEvent(from: decoder))
    } else if fields.contains(.className) {
      self.init(try DPAccountingEvent(from: decoder).event)
    } else if fields.contains(.events) {
      self.init(
        try fields.decode(Ledger.self, forKey: .events).event,
        neighboringRelation: try fields.decodeIfPresent(
          NeighboringRelation.self, forKey: .neighboringRelation),
        privacyUnit: try fields.decodeIfPresent(PrivacyUnit.self, forKey: .privacyUnit))
    } else {
      throw ForeignEventError.classNameMissing.at(decoder.codingPath)
    }
  }

  private init(listFrom decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    if (try? list.decode(String.self)) != nil {
      self.init(try DPAccountingEvent(from: decoder).event)
    } else {
      self.init(try Ledger(from: decoder).event)
    }
  }

  private init(
    _ event: PrivacyEvent, neighboringRelation: NeighboringRelation? = nil,
    privacyUnit: PrivacyUnit? = nil
  ) {
    self.event = event
    self.neighboringRelation = neighboringRelation
    self.privacyUnit = privacyUnit
  }
}
