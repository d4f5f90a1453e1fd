public import Accounting

/// What one line of a budget file says.
enum BudgetEntry: Hashable, Sendable {
  case header(BudgetHeader)
  case start(BudgetStart)
  case charge(BudgetCharge)
  case close(BudgetClosing)
}

/// The first line.
public struct BudgetHeader: Hashable, Codable, Sendable {
  public let filter: RenyiFilter
  public let subject: BudgetSubject
  let program: String

  init(filter: RenyiFilter, subject: BudgetSubject, program: String) {
    self.filter = filter
    self.subject = subject
    self.program = program
  }

  /// - Parameter order: of the filter; nil for the one that admits `request` most often.
  public init(
    epsilon: Double, delta: Double, order: Double?, for request: BudgetRequest, program: String
  ) throws(AccountingError) {
    let filter: RenyiFilter
    if let order {
      filter = try RenyiFilter(epsilon: epsilon, delta: delta, order: order)
    } else {
      let steps = try request.schedules.flatMap(\.events.runs).map { run throws(AccountingError) in
        try RenyiStep(
          run.event, count: run.count, relation: request.subject.neighboringRelation)
      }
      filter = try RenyiFilter(epsilon: epsilon, delta: delta, mostOftenAdmitting: steps)
    }
    self.init(filter: filter, subject: request.subject, program: program)
  }

  static let schema = 1

  private enum CodingKeys: String, CodingKey {
    case schema
    case epsilon
    case delta
    case filter
    case order
    case subject
    case program
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    guard try fields.decode(Int.self, forKey: .schema) == Self.schema else {
      throw DecodingError.dataCorruptedError(
        forKey: .schema, in: fields, debugDescription: "this program reads schema \(Self.schema)")
    }
    guard try fields.decode(String.self, forKey: .filter) == Self.filterName else {
      throw DecodingError.dataCorruptedError(
        forKey: .filter, in: fields, debugDescription: "the filter is not known")
    }
    do {
      filter = try RenyiFilter(
        epsilon: fields.decode(Double.self, forKey: .epsilon),
        delta: fields.decode(Double.self, forKey: .delta),
        order: fields.decode(Double.self, forKey: .order))
    } catch let error as AccountingError {
      throw DecodingError.dataCorruptedError(
        forKey: .epsilon, in: fields, debugDescription: error.description)
    }
    subject = try fields.decode(BudgetSubject.self, forKey: .subject)
    program = try fields.decode(String.self, forKey: .program)
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(Self.schema, forKey: .schema)
    try fields.encode(filter.epsilon, forKey: .epsilon)
    try fields.encode(filter.delta, forKey: .delta)
    try fields.encode(Self.filterName, forKey: .filter)
    try fields.encode(filter.order, forKey: .order)
    try fields.encode(subject, forKey: .subject)
    try fields.encode(program, forKey: .program)
  }

  private static let filterName = "renyi"
}

/// A run begins, and reserves its whole plan.
struct BudgetStart: Hashable, Codable, Sendable {
  /// From 1, in the order of the file.
  let run: Int
  let experiment: String
  /// The results folder, and whose.
  let folder: String
  let host: String
  /// Such as the name of a BLAS kernel; equal noise is free on equal sums only.
  let arithmetic: String
  let schedules: [ReleaseSchedule]
}

/// So many releases of a trial, from its first, are charged before the last of them is used.
struct BudgetCharge: Hashable, Codable, Sendable {
  let run: Int
  let trial: String
  let releases: Int
}

/// The reservation of a run ends: what was charged counts, and no more.
struct BudgetClosing: Hashable, Codable, Sendable {
  let run: Int
  let reason: BudgetClosingReason
}

/// How a run ended.
public enum BudgetClosingReason: String, Codable, CaseIterable, Hashable, Sendable {
  case finished
  case interrupted
  case failed
  /// Somebody else closed it.
  case abandoned
}

extension BudgetEntry: Codable {
  private enum CodingKeys: String, CodingKey {
    case header
    case start
    case charge
    case close
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    guard fields.allKeys.count == 1, let key = fields.allKeys.first else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "it is neither a header nor a start, charge or close"))
    }
    self =
      switch key {
      case .header: .header(try fields.decode(BudgetHeader.self, forKey: key))
      case .start: .start(try fields.decode(BudgetStart.self, forKey: key))
      case .charge: .charge(try fields.decode(BudgetCharge.self, forKey: key))
      case .close: .close(try fields.decode(BudgetClosing.self, forKey: key))
      }
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .header(let header): try fields.encode(header, forKey: .header)
    case .start(let start): try fields.encode(start, forKey: .start)
    case .charge(let charge): try fields.encode(charge, forKey: .charge)
    case .close(let closing): try fields.encode(closing, forKey: .close)
    }
  }
}
