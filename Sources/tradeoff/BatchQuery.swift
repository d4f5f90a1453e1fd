import Accounting
import ArgumentParser

/// What a caller calls a question: a text or a number, handed back as it came.
enum QueryID: Codable {
  case text(String)
  case whole(Int)
  case number(Double)

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let whole = try? value.decode(Int.self) {
      self = .whole(whole)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else {
      throw DecodingError.dataCorruptedError(
        in: value, debugDescription: "an id is a text or a number")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .text(let text): try value.encode(text)
    case .whole(let whole): try value.encode(whole)
    case .number(let number): try value.encode(number)
    }
  }
}

/// The part of a line that tells which question it is. Trials name the lines of `ledgers.jsonl`.
struct QueryIdentity: Decodable {
  let id: QueryID?

  private enum CodingKeys: String, CodingKey {
    case id
    case trial
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id =
      try fields.decodeIfPresent(QueryID.self, forKey: .id)
      ?? fields.decodeIfPresent(QueryID.self, forKey: .trial)
  }
}

/// The question of a line.
struct BatchQuery: Decodable {
  private let record: RecordedEvent
  private let question: PrivacyGuarantee.Question?
  private let accountant: AccountantKind?
  private let relation: NeighboringRelation?
  private let unit: PrivacyUnit?

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case id
    case trial
    case event
    case events
    case delta
    case epsilon
    case accountant
    case neighboringRelation = "neighboring_relation"
    case privacyUnit = "privacy_unit"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try Self.refuseUnknownKeys(decoder)
    func fail(_ key: CodingKeys, _ reason: String) -> DecodingError {
      .dataCorruptedError(forKey: key, in: fields, debugDescription: reason)
    }
    switch (fields.contains(.event), fields.contains(.events)) {
    case (_, false): record = try fields.decode(RecordedEvent.self, forKey: .event)
    case (false, true): record = try RecordedEvent(from: decoder)
    case (true, true): throw fail(.events, "\"event\" and \"events\" exclude each other")
    }
    let delta = try fields.decodeIfPresent(Double.self, forKey: .delta)
    let epsilon = try fields.decodeIfPresent(Double.self, forKey: .epsilon)
    switch (delta, epsilon) {
    case (nil, nil): question = nil
    case (let delta?, nil): question = .epsilon(atDelta: delta)
    case (nil, let epsilon?): question = .delta(atEpsilon: epsilon)
    case (_?, _?): throw fail(.delta, "\"delta\" and \"epsilon\" exclude each other")
    }
    func choice<Value: RawRepresentable<String> & CaseIterable>(
      _ key: CodingKeys
    ) throws -> Value? {
      guard let name = try fields.decodeIfPresent(String.self, forKey: key) else { return nil }
      guard let value = Value(rawValue: name) else {
        let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw fail(key, "\"\(name)\" is none of \(names)")
      }
      return value
    }
    accountant = try choice(.accountant)
    relation = try choice(.neighboringRelation)
    unit = try choice(.privacyUnit)
  }

  /// A misspelt name would otherwise be answered as if it were not there.
  private static func refuseUnknownKeys(_ decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: AnyKey.self)
    let known = CodingKeys.allCases.map(\.rawValue)
    if let key = fields.allKeys.first(where: { !known.contains($0.stringValue) }) {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: fields,
        debugDescription: "a question has no such name; its names are "
          + known.joined(separator: ", "))
    }
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func guarantee(
    _ fallback: PrivacyGuarantee.Question?, _ terms: TermsOptions
  ) throws -> PrivacyGuarantee {
    guard let question = question ?? fallback else {
      throw ValidationError("neither \"delta\" nor \"epsilon\" is given")
    }
    var own = terms
    own.accountant = accountant ?? terms.accountant
    // A record that contradicts its line is refused; it goes before the flags.
    own.neighbors.neighboringRelation =
      relation ?? record.neighboringRelation ?? terms.neighbors.neighboringRelation
    own.neighbors.privacyUnit = unit ?? record.privacyUnit ?? terms.neighbors.privacyUnit
    return try own.guarantee(question, of: Releases(settings: [], recorded: record))
  }
}
