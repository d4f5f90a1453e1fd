import Foundation
import SpecialMath

/// The Renyi divergence between two distributions on finitely many outcomes.
struct FiniteRenyi: RenyiCurve {
  /// Outcomes of the same likelihood ratio P / Q.
  struct Outcome {
    /// log Q of the outcomes together.
    let logProbability: Double
    /// log(P / Q), finite.
    let logRatio: Double
  }

  /// The outcomes by their probabilities under the second distribution, for each direction.
  let directions: [[Outcome]]

  func divergence(order: Double) -> Double {
    directions.map { Self.divergence(of: $0, order: order) }.max() ?? 0
  }

  /// E_Q[(P / Q)^order] - 1 is the expected value of the power's remainder, as E_Q[P / Q] = 1.
  private static func divergence(of outcomes: [Outcome], order: Double) -> Double {
    guard order.isFinite else { return max(0, outcomes.map(\.logRatio).max() ?? 0) }
    var excess = LogSum()
    for outcome in outcomes {
      excess.add(
        outcome.logProbability
          + TaylorRemainder.logPower(
            u: expm1(outcome.logRatio), logOnePlusU: outcome.logRatio, order: order))
    }
    return LogSpace.logOnePlusExp(excess.logarithm) / (order - 1)
  }
}
