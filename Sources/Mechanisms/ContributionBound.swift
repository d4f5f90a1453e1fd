/// How much one privacy unit may contribute to a sum.
public enum ContributionBound: Hashable, Sendable {
  /// Every contribution is scaled down to at most this Euclidean norm.
  case clipped(toNorm: Double)
  /// Contributions are added as they come: no privacy is possible.
  case unbounded
}
