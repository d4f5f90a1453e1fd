internal import Accounting
internal import Results

extension PrivacyClaim {
  /// The guarantee in one sentence.
  var statement: String {
    guard isPrivate else {
      return hasNoise ? "no finite epsilon holds at delta = \(delta)" : "not private: no noise"
    }
    return "epsilon <= \(OutwardDecimal.text(epsilonUpper, rounded: .up)) at \(terms)"
  }

  /// What the statement says, by name.
  var fields: [(name: String, value: String)] {
    [
      ("epsilon_upper", isPrivate ? "\(epsilonUpper)" : "inf"), ("delta", "\(delta)"),
      ("privacy_unit", privacyUnit.rawValue),
      ("neighboring_relation", neighboringRelation.rawValue), ("sampling", sampling),
      ("accountant", accountant.rawValue), ("noise_multiplier", "\(noiseMultiplier)"),
    ]
  }
}
