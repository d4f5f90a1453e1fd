import Foundation
import SpecialMath

/// The number that makes a run cost what it may.
public enum Calibration {
  /// The smallest noise multiplier whose event is (`targetEpsilon`, `delta`)-private by this
  /// accountant's upper bound, to a relative 1e-6 and from the private side: the result itself
  /// meets the target.
  ///
  /// ``value(of:targetEpsilon:delta:accountant:relation:event:)`` for
  /// ``CalibratedArgument/noiseMultiplier``.
  public static func noiseMultiplier(
    targetEpsilon: Double, delta: Double, accountant: AccountantKind, relation: NeighboringRelation,
    event: (Double) -> PrivacyEvent
  ) throws(AccountingError) -> Double {
    try value(
      of: .noiseMultiplier, targetEpsilon: targetEpsilon, delta: delta, accountant: accountant,
      relation: relation, event: event)
  }

  /// The largest number of rounds whose event is (`targetEpsilon`, `delta`)-private by this
  /// accountant's upper bound, from 1 to 2^53 - 1.
  ///
  /// ``value(of:targetEpsilon:delta:accountant:relation:event:)`` for
  /// ``CalibratedArgument/rounds``.
  public static func rounds(
    targetEpsilon: Double, delta: Double, accountant: AccountantKind, relation: NeighboringRelation,
    event: (Int) -> PrivacyEvent
  ) throws(AccountingError) -> Int {
    Int(
      try value(
        of: .rounds, targetEpsilon: targetEpsilon, delta: delta, accountant: accountant,
        relation: relation, event: { event(Int($0)) }))
  }

  /// The value of `argument` that only just meets the target: the least noise, or the most rounds or
  /// the highest sampling rate, that is (`targetEpsilon`, `delta`)-private by this accountant's
  /// upper bound.
  ///
  /// The result itself meets the target. Numbers of rounds are exact. Others are multiples of the
  /// largest power of two that is at most a millionth of them, and the next such multiple misses the
  /// target.
  ///
  /// - Parameters:
  ///   - argument: What is sought, and in which range.
  ///   - targetEpsilon: 0 or greater and finite.
  ///   - delta: In (0, 1).
  ///   - accountant: Which theorem's bound to meet.
  ///   - relation: Which neighbors epsilon is about.
  ///   - event: Everything that will be released, given the argument. More noise must not cost more;
  ///     more rounds and a higher rate must not cost less.
  ///
  /// Throws ``AccountingError`` when the accountant refuses the event, when the whole range misses
  /// the target, and when the whole range meets it, unless it ends there: everybody may take part.
  public static func value(
    of argument: CalibratedArgument, targetEpsilon: Double, delta: Double,
    accountant: AccountantKind, relation: NeighboringRelation, event: (Double) -> PrivacyEvent
  ) throws(AccountingError) -> Double {
    try NumberRange.nonNegative.check(targetEpsilon, argument: "target_epsilon")
    func epsilon(_ x: Double) throws(AccountingError) -> Double {
      var spent = accountant.makeAccountant(relation: relation)
      try spent.compose(event(x))
      return try spent.epsilonUpperBound(atDelta: delta)
    }
    /// log(epsilon / target), which is 0 or less where the target is met, and nowhere else.
    func sample(_ x: Double) throws(AccountingError) -> MonotoneSearch.Sample {
      let epsilon = try epsilon(x)
      guard epsilon > targetEpsilon else {
        return .init(x: x, value: epsilon > 0 ? log(epsilon / targetEpsilon) : -.infinity)
      }
      return .init(x: x, value: max(log(epsilon / targetEpsilon), .leastNonzeroMagnitude))
    }

    var nearer = try sample(argument.start)
    let meetsAtStart = nearer.value <= 0
    let rises = meetsAtStart == argument.costsMore
    let limit = rises ? argument.range.upperBound : argument.range.lowerBound
    var slope = 1.0
    while true {
      guard nearer.x != limit else {
        if meetsAtStart, argument.endIsFree { return limit }
        let epsilon = try epsilon(limit)
        throw meetsAtStart
          ? .targetDoesNotBind(
            targetEpsilon: targetEpsilon, delta: delta, argument: argument, given: limit,
            epsilon: epsilon)
          : .targetOutOfReach(
            targetEpsilon: targetEpsilon, delta: delta, argument: argument, given: limit,
            epsilon: epsilon)
      }
      let step = Self.step(from: nearer, slope: slope)
      let x = argument.grid.point(atOrAbove: nearer.x * exp(rises ? step : -step))
      let farther = try sample(rises ? min(x, limit) : max(x, limit))
      if (farther.value <= 0) != meetsAtStart {
        let (one, other) = try MonotoneSearch.crossing(
          between: nearer, and: farther, on: argument.grid,
          value: { x throws(AccountingError) in
            try sample(x).value
          })
        return meetsAtStart ? one.x : other.x
      }
      let measured = abs((farther.value - nearer.value) / log(farther.x / nearer.x))
      slope = measured.isFinite ? min(max(measured, 0.25), 4) : slope
      nearer = farther
    }
  }

  /// How far to go, in the logarithm of the argument, to be probably past the crossing, where the
  /// logarithm of epsilon has about this slope.
  private static func step(from sample: MonotoneSearch.Sample, slope: Double) -> Double {
    min(max(1.1 * abs(sample.value) / slope, 0.05), 6)
  }
}
