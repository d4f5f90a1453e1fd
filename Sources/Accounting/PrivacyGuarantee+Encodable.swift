/// A flat object with every part: `epsilon_lower`, `epsilon_upper` and `delta`, or `epsilon`,
/// `delta_lower` and `delta_upper`; `privacy_unit`, `neighboring_relation`, `sampling` and
/// `accountant`; and perhaps `limit`, the ``PrecisionLimit`` that keeps the bounds apart. Numbers are
/// exact; an infinite epsilon is the text `infinity`.
extension PrivacyGuarantee: Encodable {
  private enum CodingKeys: String, CodingKey {
    case epsilon
    case epsilonLower = "epsilon_lower"
    case epsilonUpper = "epsilon_upper"
    case delta
    case deltaLower = "delta_lower"
    case deltaUpper = "delta_upper"
    case privacyUnit = "privacy_unit"
    case neighboringRelation = "neighboring_relation"
    case sampling
    case accountant
    case limit
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch question {
    case .epsilon(let delta):
      try fields.encode(JSONNumber(epsilon.lower), forKey: .epsilonLower)
      try fields.encode(JSONNumber(epsilon.upper), forKey: .epsilonUpper)
      try fields.encode(JSONNumber(delta), forKey: .delta)
    case .delta(let epsilon):
      try fields.encode(JSONNumber(epsilon), forKey: .epsilon)
      try fields.encode(JSONNumber(delta.lower), forKey: .deltaLower)
      try fields.encode(JSONNumber(delta.upper), forKey: .deltaUpper)
    }
    try fields.encode(unit, forKey: .privacyUnit)
    try fields.encode(relation, forKey: .neighboringRelation)
    try fields.encode(sampling, forKey: .sampling)
    try fields.encode(accountant, forKey: .accountant)
    try fields.encodeIfPresent(epsilon.limit ?? delta.limit, forKey: .limit)
  }
}
