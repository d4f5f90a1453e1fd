/// What every accountant says about the same events at the same delta.
public struct AccountantComparison: Sendable {
  public struct Row: Sendable {
    public let accountant: AccountantKind
    public let answer: Result<PrivacyGuarantee, AccountingError>
    /// The order whose conversion gave the upper bound, from accountants that have orders.
    public let order: Double?
  }

  /// In the order of ``AccountantKind``.
  public let rows: [Row]
  /// What ``CentralLimitEstimate`` says where it has something to say. It is no bound, and the truth
  /// may be above it.
  public let centralLimitEstimate: Double?
  public let delta: Double
  public let unit: PrivacyUnit
  public let relation: NeighboringRelation
  public let sampling: SamplingScheme

  /// Prices `event` at `delta`, in (0, 1), by every accountant. One that refuses has its reason in
  /// its row.
  ///
  /// Throws ``AccountingError`` when a number is out of range.
  public init(
    of event: PrivacyEvent, atDelta delta: Double, unit: PrivacyUnit, relation: NeighboringRelation
  ) throws(AccountingError) {
    try event.validate()
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    self.delta = delta
    self.unit = unit
    self.relation = relation
    sampling = event.samplingScheme
    centralLimitEstimate =
      relation == .replaceOne
      ? nil : try CentralLimitEstimate(of: event)?.estimatedEpsilon(atDelta: delta)
    rows = AccountantKind.allCases.map {
      Row($0, event: event, delta: delta, unit: unit, relation: relation)
    }
  }

  /// The greatest of the lower bounds, each of which holds for the events themselves whoever found
  /// it; nil where all accountants refuse.
  public var greatestLower: (epsilon: Double, accountant: AccountantKind)? {
    rows.compactMap { row in
      (try? row.answer.get()).map { ($0.epsilon.lower, row.accountant) }
    }.max { $0.0 < $1.0 }
  }

  /// By which share of ``greatestLower`` an upper bound exceeds it: the most that its accountant
  /// can be giving away.
  ///
  /// Nil where the greatest lower bound is 0 or infinite, and shares of it say nothing.
  public func excess(of guarantee: PrivacyGuarantee) -> Double? {
    guard let lower = greatestLower?.epsilon, lower > 0, lower.isFinite else { return nil }
    return guarantee.epsilon.upper / lower - 1
  }
}

extension AccountantComparison.Row {
  fileprivate init(
    _ kind: AccountantKind, event: PrivacyEvent, delta: Double, unit: PrivacyUnit,
    relation: NeighboringRelation
  ) {
    accountant = kind
    do {
      var spent = kind.makeAccountant(relation: relation)
      try spent.compose(event)
      let guarantee = try PrivacyGuarantee(
        .epsilon(atDelta: delta), of: spent, unit: unit, sampling: event.samplingScheme)
      order = try (spent as? RenyiAccountant)?.bestOrder(atDelta: delta)
      answer = .success(guarantee)
    } catch {
      order = nil
      answer = .failure(error)
    }
  }
}

/// What all rows have in common, `epsilon_lower`, perhaps `central_limit_estimate`, and in `accountants` an object a row: its
/// `epsilon_lower`, `epsilon_upper`, `excess` and `order`, or its `error`.
extension AccountantComparison: Encodable {
  private enum CodingKeys: String, CodingKey {
    case delta
    case privacyUnit = "privacy_unit"
    case neighboringRelation = "neighboring_relation"
    case sampling
    case epsilonLower = "epsilon_lower"
    case lowerBoundBy = "lower_bound_by"
    case centralLimitEstimate = "central_limit_estimate"
    case accountants
  }

  private enum RowKeys: String, CodingKey {
    case accountant
    case excess
    case order
    case error
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(delta, forKey: .delta)
    try fields.encode(unit, forKey: .privacyUnit)
    try fields.encode(relation, forKey: .neighboringRelation)
    try fields.encode(sampling, forKey: .sampling)
    if let greatestLower {
      try fields.encode(JSONNumber(greatestLower.epsilon), forKey: .epsilonLower)
      try fields.encode(greatestLower.accountant, forKey: .lowerBoundBy)
    }
    try fields.encodeIfPresent(
      centralLimitEstimate.map(JSONNumber.init), forKey: .centralLimitEstimate)
    var list = fields.nestedUnkeyedContainer(forKey: .accountants)
    for row in rows {
      switch row.answer {
      case .success(let guarantee):
        let element = list.superEncoder()
        try guarantee.encode(to: element)
        var own = element.container(keyedBy: RowKeys.self)
        try own.encodeIfPresent(excess(of: guarantee).map(JSONNumber.init), forKey: .excess)
        try own.encodeIfPresent(row.order.map(JSONNumber.init), forKey: .order)
      case .failure(let error):
        var own = list.nestedContainer(keyedBy: RowKeys.self)
        try own.encode(row.accountant, forKey: .accountant)
        try own.encode(error.description, forKey: .error)
      }
    }
  }
}
