internal import Foundation

/// How the learning rate of a run changes from round to round: a pure function of the round and of
/// how many rounds there are, both public.
public struct LearningRateSchedule: Hashable, Sendable {
  /// What happens after the warm-up, in round `k = 0, 1, ...` of the `n` rounds that are left.
  public enum Shape: Hashable, Sendable {
    /// 1
    case constant
    /// `factor^floor(k / every)`; `every` and `factor` are positive.
    case step(every: Int, factor: Double)
    /// `decay^k`; `decay` is positive.
    case exponential(decay: Double)
    /// `finalFraction + (1 - finalFraction) (1 + cos(pi k / n)) / 2` (SGDR without restarts:
    /// Loshchilov & Hutter 2017); `finalFraction` is in [0, 1].
    ///
    /// It reaches `finalFraction` in the round after the last, so that no round is paid for and then
    /// not used.
    case cosine(finalFraction: Double)
    /// `sqrt(s / round)`, where `s` is the warm-up's length, or 1 without one (Vaswani et al. 2017,
    /// section 5.3).
    case inverseSquareRoot
  }

  public let shape: Shape
  /// The factor rises from `1 / warmupRounds` to 1 along these rounds (Goyal et al. 2017, section
  /// 2.2); 0 or greater.
  public let warmupRounds: Int

  public init(_ shape: Shape, warmupRounds: Int = 0) {
    precondition(warmupRounds >= 0, "a warm-up has no fewer than 0 rounds")
    switch shape {
    case .constant, .inverseSquareRoot: break
    case .step(let every, let factor):
      precondition(every > 0, "a step lasts at least one round")
      precondition(factor > 0 && factor.isFinite, "a step's factor is positive")
    case .exponential(let decay):
      precondition(decay > 0 && decay.isFinite, "a rate decays by a positive factor")
    case .cosine(let finalFraction):
      precondition((0...1).contains(finalFraction), "a final fraction is in [0, 1]")
    }
    self.shape = shape
    self.warmupRounds = warmupRounds
  }

  /// What the learning rate is multiplied by in `round`, in `1...rounds`.
  public func factor(round: Int, of rounds: Int) -> Double {
    precondition((1...rounds).contains(round), "round \(round) of \(rounds)")
    if round <= warmupRounds { return Double(round) / Double(warmupRounds) }
    let k = round - warmupRounds - 1
    switch shape {
    case .constant:
      return 1
    case .step(let every, let factor):
      return pow(factor, Double(k / every))
    case .exponential(let decay):
      return pow(decay, Double(k))
    case .cosine(let finalFraction):
      let progress = Double(k) / Double(rounds - warmupRounds)
      return finalFraction + (1 - finalFraction) * (1 + cos(.pi * progress)) / 2
    case .inverseSquareRoot:
      return (Double(max(1, warmupRounds)) / Double(round)).squareRoot()
    }
  }
}
