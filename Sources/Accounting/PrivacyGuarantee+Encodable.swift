/// A flat object with every part: `epsilon_lower`, `epsilon_upper` and `delta`, or `epsilon`,
/// `delta_lower` and `delta_upper`; and `privacy_unit`, `neighboring_relation`, `sampling` and
/// `accountant`. Numbers are exact; an infinite epsilon is the text `infinity`.
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
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    func encode(_ value: Double, _ key: CodingKeys) throws {
      if value.isFinite {
        try fields.encode(value, forKey: key)
      } else {
        try fields.encode("infinity", forKey: key)
      }
    }
    switch question {
    case .epsilon(let delta):
      try encode(epsilon.lower, .epsilonLower)
      try encode(epsilon.upper, .epsilonUpper)
      try encode(delta, .delta)
    case .delta(let epsilon):
      try encode(epsilon, .epsilon)
      try encode(delta.lower, .deltaLower)
      try encode(delta.upper, .deltaUpper)
    }
    try fields.encode(unit, forKey: .privacyUnit)
    try fields.encode(relation, forKey: .neighboringRelation)
    try fields.encode(sampling, forKey: .sampling)
    try fields.encode(accountant, forKey: .accountant)
  }
}
