import Foundation

/// What releases without noise do to the privacy loss of all others, in one direction.
///
/// With probability x some cohort gives away what is in it. A unit that comes or goes shows only
/// where it is present: when it is removed the loss is infinite with probability x and otherwise
/// log(1 - x) less than that of the other releases; when it is added all losses are -log(1 - x)
/// more. Under the other relations something shows either way, which is infinite loss with
/// probability x and leaves the other losses as they are.
struct LossExposure {
  /// log of the probability of finite loss.
  let logFinite: Double
  /// What is added to finite losses.
  let shift: Double

  /// `logUnexposed` is log(1 - x), less than 0.
  init(logUnexposed: Double, relation: NeighboringRelation, direction: LossDirection) {
    switch (relation, direction) {
    case (.addOrRemoveOne, .remove): (logFinite, shift) = (logUnexposed, logUnexposed)
    case (.addOrRemoveOne, .add): (logFinite, shift) = (0, -logUnexposed)
    case (.replaceOne, _), (.zeroOut, _): (logFinite, shift) = (logUnexposed, 0)
    }
  }

  private var infinite: Double { -expm1(logFinite) }

  /// Bounds on what `delta` leaves to the other releases; the lower one may be negative.
  func innerDelta(_ delta: Double) -> (lower: Double, upper: Double) {
    let slack = Self.slack * delta
    return (
      (delta - infinite - slack) / exp(logFinite), (delta - infinite + slack) / exp(logFinite)
    )
  }

  /// Bounds on epsilon without the shift.
  func innerEpsilon(_ epsilon: Double) -> (lower: Double, upper: Double) {
    let slack = Self.slack * (epsilon + abs(shift))
    return (epsilon - shift - slack, epsilon - shift + slack)
  }

  /// Bounds on epsilon from those of the other releases.
  ///
  /// They know of no epsilon below 0, so that one of 0 may come from less.
  func outerEpsilon(lower: Double, upper: Double) -> (lower: Double, upper: Double) {
    let slack = Self.slack * abs(shift)
    return (lower > 0 ? max(0, lower + shift - slack) : 0, max(0, upper + shift + slack))
  }

  /// Bounds on delta from those of the other releases.
  func outerDelta(lower: Double, upper: Double) -> (lower: Double, upper: Double) {
    let finite = exp(logFinite)
    return (
      (infinite + finite * lower) * (1 - Self.slack),
      min(1, (infinite + finite * upper) * (1 + Self.slack))
    )
  }

  private static let slack = 1e-12
}
