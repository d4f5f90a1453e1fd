/// Why the two ends of a bound are farther apart than was asked for. Both are valid all the same.
public enum PrecisionLimit: String, Codable, CaseIterable, Hashable, Sendable {
  /// No tight bound is known for cohorts without replacement.
  case noTightTheorem = "no-tight-theorem"
  /// Bounds on the noise's Renyi divergences are all that is known.
  case divergencesAlone = "divergences-alone"
  /// Bounds on the Renyi divergences of a choice are all that is known.
  case choice
  /// The noise has more outcomes, or is smaller beside the sensitivity, than can be resolved.
  case tooManyOutcomes = "too-many-outcomes"
  /// The lattice would need more points than memory is given to.
  case latticeSize = "lattice-size"
  /// Rounding errors of so many rounds are as large as the gap.
  case rounding
}

extension PrecisionLimit: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noTightTheorem:
      "no tight bound is known for cohorts of fixed size; the bounds are those of rdp and of an attack"
    case .divergencesAlone:
      "only divergences of this noise are bounded; the bounds are those of rdp and of an attack"
    case .choice:
      "only divergences of a choice are bounded; the bounds are those of rdp and of an attack"
    case .tooManyOutcomes:
      """
      the noise has too many outcomes, or is too small beside the sensitivity, to be resolved; the \
      bounds are those of rdp and of an attack
      """
    case .latticeSize:
      "so many rounds need a finer lattice than fits the memory set aside for it"
    case .rounding:
      "so many rounds add up rounding errors as large as the gap"
    }
  }
}
