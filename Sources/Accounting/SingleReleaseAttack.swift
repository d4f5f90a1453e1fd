import Foundation
import SpecialMath

/// What an adversary achieves who looks at one release whose loss is limited, and says "present" on
/// the outcomes that are likelier then: delta = P(says so | present) - e^epsilon P(says so | absent).
enum SingleReleaseAttack: Hashable {
  case discreteLaplace(scale: Double, sensitivity: Int)
  case report(RandomizedResponse)

  /// A lower bound on delta at `epsilon`, exact but for rounding.
  func delta(epsilon: Double) -> Double {
    switch self {
    case .discreteLaplace(let scale, let sensitivity):
      // From the least outcome x whose log likelihood ratio (2 x - sensitivity) / scale exceeds
      // epsilon; the tails are e^(-|x| / scale) / (1 + e^(-1 / scale)).
      let distance = Double(sensitivity)
      let threshold = min(distance, ((distance + epsilon * scale) / 2).rounded(.down) + 1)
      let normalizer = 1 + exp(-1 / scale)
      return Self.gap(
        hit: 1 - exp((threshold - distance - 1) / scale) / normalizer,
        scaledMiss: exp(epsilon - threshold / scale) / normalizer)
    case .report(let response):
      return response.likelierOutcomes.map {
        Self.gap(
          hit: exp($0.logProbability + $0.logRatio), scaledMiss: exp(epsilon + $0.logProbability))
      }.max() ?? 0
    }
  }

  /// A lower bound on epsilon at `delta`.
  func epsilon(delta: Double) -> Double {
    guard largestLoss.isFinite else { return 0 }
    return MonotoneSearch.bisect(0...largestLoss, relativeTolerance: 1e-12) {
      self.delta(epsilon: $0) < delta
    }.below
  }

  private var largestLoss: Double {
    switch self {
    case .discreteLaplace(let scale, let sensitivity): Double(sensitivity) / scale
    case .report(let response): response.pureEpsilon
    }
  }

  private static func gap(hit: Double, scaledMiss: Double) -> Double {
    max(0, hit * (1 - slack) - scaledMiss * (1 + slack))
  }

  private static let slack = 1e-12
}
