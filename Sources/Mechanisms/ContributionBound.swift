/// How much one privacy unit may contribute to a sum.
public enum ContributionBound: Hashable, Sendable {
  /// Every contribution is scaled to at most this Euclidean norm.
  case clipped(toNorm: Double, by: ClippingRule = .flat)
  /// Contributions are added as they come: no privacy is possible.
  case unbounded
}

/// How a contribution is brought within the clipping norm.
public enum ClippingRule: Hashable, Sendable {
  /// Scaled down where it is longer (Abadi et al. 2016).
  case flat
  /// Each layer scaled down to the clipping norm over the square root of the number of layers
  /// (McMahan et al. 2018).
  case perLayer
  /// Always scaled, by the clipping norm over its own norm plus `stability` (AUTO-S, Bu et al. 2023);
  /// `stability` is above 0, and 0.01 in the paper.
  case automatic(stability: Double)

  /// What to multiply a contribution with, so that its norm is at most `limit`; 0 for a norm that is
  /// not finite.
  func factor(norm: Double, limit: Double) -> Double {
    guard norm.isFinite else { return 0 }
    switch self {
    case .flat, .perLayer: return norm > limit ? limit / norm : 1
    case .automatic(let stability): return limit / (norm + stability)
    }
  }
}
