public import Accounting

/// What every accountant promises, whatever theorem it uses, as laws that a test can check one by
/// one.
///
/// A law returns the promises that were broken, in words, so an empty array is a pass.
public struct AccountantContract: Sendable {
  public enum Law: String, CaseIterable, Sendable {
    case nothingCostsNothing
    case moreRoundsCostMore
    case moreNoiseCostsLess
    case rarerCohortsCostLess
    case smallerDeltaCostsMore
    case smallerEpsilonCostsMore
    case everybodySampledIsNoSampling
    case compositionIsRepetition
    case repetitionIsNotDropped
    case lowerEndIsBelowUpper
    case epsilonAndDeltaAreInverse
    case refusalChangesNothing
    case badNumbersAreRefused
    case noNoiseHasNoBound
  }

  /// An accountant that has seen nothing.
  public let accountant: any PrivacyAccountant
  /// A supported release with this noise multiplier.
  public let release: @Sendable (_ noiseMultiplier: Double) -> PrivacyEvent
  /// The same release on cohorts of about this sampling rate.
  public let event: @Sendable (_ noiseMultiplier: Double, _ samplingRate: Double) -> PrivacyEvent
  /// The rates at which `event` is supported, rising, with 1 for the last.
  public let samplingRates: [Double]
  /// Events that the accountant must refuse.
  public let unsupported: [PrivacyEvent]

  public init(
    accountant: any PrivacyAccountant,
    release: @escaping @Sendable (_ noiseMultiplier: Double) -> PrivacyEvent = {
      .gaussian(noiseMultiplier: $0)
    },
    event: @escaping @Sendable (_ noiseMultiplier: Double, _ samplingRate: Double) -> PrivacyEvent,
    samplingRates: [Double], unsupported: [PrivacyEvent]
  ) {
    self.accountant = accountant
    self.release = release
    self.event = event
    self.samplingRates = samplingRates
    self.unsupported = unsupported
  }

  /// The ways in which the accountant breaks `law`.
  public func violations(of law: Law) throws(AccountingError) -> [String] {
    switch law {
    case .nothingCostsNothing:
      let epsilon = try accountant.epsilon(atDelta: 1e-5)
      let delta = try accountant.delta(atEpsilon: 0)
      return epsilon.upper == 0 && delta.upper == 0 ? [] : ["nothing costs \(epsilon), \(delta)"]
    case .moreRoundsCostMore:
      return try eachCase { noise, rate, delta throws(AccountingError) in
        let event = event(noise, rate)
        return try self.falls([1, 2, 3, 10, 100, 10_000, 1 << 40]) {
          count throws(AccountingError) in
          try self.spent(event, count: count).epsilonUpperBound(atDelta: delta)
        }
      }
    case .moreNoiseCostsLess:
      return try eachCase { _, rate, delta throws(AccountingError) in
        try self.falls(Self.noiseMultipliers.reversed()) { noise throws(AccountingError) in
          try self.spent(event(noise, rate), count: 7).epsilonUpperBound(atDelta: delta)
        }
      }
    case .rarerCohortsCostLess:
      return try eachCase { noise, _, delta throws(AccountingError) in
        try self.falls(samplingRates) { rate throws(AccountingError) in
          try self.spent(event(noise, rate), count: 7).epsilonUpperBound(atDelta: delta)
        }
      }
    case .smallerDeltaCostsMore:
      return try eachCase { noise, rate, _ throws(AccountingError) in
        try self.falls([0.999, 0.5, 0.1, 1e-3, 1e-9, 1e-100, 1e-300]) {
          delta throws(AccountingError) in
          try self.spent(event(noise, rate), count: 3).epsilonUpperBound(atDelta: delta)
        }
      }
    case .smallerEpsilonCostsMore:
      return try eachCase { noise, rate, _ throws(AccountingError) in
        let spent = try spent(event(noise, rate), count: 3)
        return try self.falls([1e9, 1e3, 10, 1, 0.1, 1e-5, 0]) { epsilon throws(AccountingError) in
          try spent.delta(atEpsilon: epsilon).upper
        }
      }
    case .everybodySampledIsNoSampling:
      return try eachCase { noise, _, delta throws(AccountingError) in
        let sampled = try epsilon(event(noise, 1), count: 5, delta: delta)
        let plain = try epsilon(release(noise), count: 5, delta: delta)
        return sampled == plain ? [] : ["rate 1 costs \(sampled), no sampling \(plain)"]
      }
    case .compositionIsRepetition:
      return try eachCase { noise, rate, delta throws(AccountingError) in
        let event = event(noise, rate)
        let counted = try spent(event, count: 6).epsilonUpperBound(atDelta: delta)
        var oneByOne = accountant
        for _ in 0..<6 { try oneByOne.compose(event) }
        let others = try [
          oneByOne,
          spent(.composed([event, .repeated(event, count: 2)]), count: 2),
          spent(.repeated(.repeated(event, count: 3), count: 2), count: 1),
        ].map { other throws(AccountingError) in try other.epsilonUpperBound(atDelta: delta) }
        return others.filter { $0 != counted }.map { "six rounds cost \(counted) or \($0)" }
      }
    case .repetitionIsNotDropped:
      return try eachCase { noise, rate, delta throws(AccountingError) in
        let event = event(noise, rate)
        let once = try spent(event, count: 1).epsilonUpperBound(atDelta: delta)
        let often = try spent(.repeated(event, count: 1 << 30), count: 1)
          .epsilonUpperBound(atDelta: delta)
        return often > once || often == 0 ? [] : ["2^30 runs cost \(often), one \(once)"]
      }
    case .lowerEndIsBelowUpper:
      return try eachCase { noise, rate, delta throws(AccountingError) in
        let epsilon = try epsilon(event(noise, rate), count: 11, delta: delta)
        return epsilon.lower <= epsilon.upper && epsilon.lower.isFinite
          ? [] : ["\(epsilon) is no finite interval"]
      }
    case .epsilonAndDeltaAreInverse:
      return try eachCase { noise, rate, delta throws(AccountingError) in
        let spent = try spent(event(noise, rate), count: 3)
        let epsilon = try spent.epsilonUpperBound(atDelta: delta)
        guard epsilon > 0, epsilon.isFinite else { return [] }
        let back = try spent.delta(atEpsilon: epsilon).upper
        // One rounding of epsilon moves delta by that much times the slope, at most about 1 /
        // noise^2.
        let tolerance = 1e-6 + 1e-9 * epsilon * max(1, 1 / noise) * 30
        if abs(back / delta - 1) <= tolerance { return [] }
        // Where the loss is limited, the same epsilon may do at any smaller delta.
        let atBack = try spent.epsilonUpperBound(atDelta: max(back, 1e-300))
        return back < delta && atBack <= epsilon * (1 + 1e-9)
          ? [] : ["delta \(delta) costs epsilon \(epsilon), which has delta \(back)"]
      }
    case .refusalChangesNothing:
      return try refusals(of: unsupported.flatMap(disguises), count: 1)
    case .badNumbersAreRefused:
      let outOfRange: [PrivacyEvent] = [
        .gaussian(noiseMultiplier: 0), .gaussian(noiseMultiplier: -1),
        .gaussian(noiseMultiplier: .nan), .gaussian(noiseMultiplier: .infinity),
        .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0),
        .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 1.5),
        .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: .nan),
        .sampledWithoutReplacement(.gaussian(noiseMultiplier: 1), cohortSize: 0, populationSize: 5),
        .sampledWithoutReplacement(.gaussian(noiseMultiplier: 1), cohortSize: 6, populationSize: 5),
        .laplace(noiseMultiplier: -1),
        .discreteGaussian(standardDeviation: .nan, sensitivity: 1),
        .discreteLaplace(scale: 1, sensitivity: 0),
        .randomizedResponse(noiseParameter: 0, bucketCount: 2),
        .randomizedResponse(noiseParameter: 0.5, bucketCount: 1),
        .takingTurns(.gaussian(noiseMultiplier: 1), unitCount: 0),
        .failure(probability: 0), .failure(probability: 1.5), .failure(probability: .nan),
        .anyOf([]), .repeatAndSelect(.gaussian(noiseMultiplier: 1), repetitions: .poisson(mean: 0)),
        .repeatAndSelect(
          .gaussian(noiseMultiplier: 1),
          repetitions: .truncatedNegativeBinomial(shape: -1, mean: 2)),
        .repeated(.gaussian(noiseMultiplier: 1), count: -1),
        .repeated(.repeated(.gaussian(noiseMultiplier: 1), count: 1 << 40), count: 1 << 40),
      ]
      var found = try refusals(of: outOfRange.flatMap(disguises), count: 1)
      found += try refusals(of: [event(1, 1)], count: -1)
      for delta in [0, 1, -0.5, .nan, .infinity]
      where (try? accountant.epsilon(atDelta: delta)) != nil {
        found.append("delta \(delta) was accepted")
      }
      for epsilon in [-1, .nan, .infinity] where (try? accountant.delta(atEpsilon: epsilon)) != nil
      {
        found.append("epsilon \(epsilon) was accepted")
      }
      return found
    case .noNoiseHasNoBound:
      var spent = try spent(event(1, 1), count: 1)
      try spent.compose(.nonPrivate)
      let (epsilon, delta) = (try spent.epsilon(atDelta: 0.5), try spent.delta(atEpsilon: 1))
      return epsilon.lower == .infinity && epsilon.upper == .infinity && delta.lower == 1
        ? [] : ["a release without noise costs \(epsilon), \(delta)"]
    }
  }

  /// Where bounds on the same events exclude each other, among the accountants that price them, of
  /// which there must be two.
  public static func contradictions(
    among accountants: [any PrivacyAccountant], about event: PrivacyEvent, delta: Double
  ) throws(AccountingError) -> [String] {
    var bounds: [(kind: AccountantKind, bound: PrivacyBound)] = []
    for var accountant in accountants {
      do {
        try accountant.compose(event)
      } catch .unsupported {
        continue
      }
      bounds.append((accountant.kind, try accountant.epsilon(atDelta: delta)))
    }
    guard bounds.count > 1 else { return ["\(event) is priced by \(bounds.count) accountants"] }
    return bounds.flatMap { one in
      bounds.filter { $0.bound.lower > one.bound.upper }.map {
        "\(one.kind) says at most \(one.bound.upper), \($0.kind) at least \($0.bound.lower)"
      }
    }
  }

  private static let noiseMultipliers = [1e-3, 0.1, 0.3, 0.5, 0.9, 1, 1.5, 4, 30, 1e4]

  private func eachCase(
    _ law: (_ noise: Double, _ rate: Double, _ delta: Double) throws(AccountingError) -> [String]
  ) throws(AccountingError) -> [String] {
    var found: [String] = []
    for (noise, delta) in [(0.3, 1e-5), (1, 1e-10), (1, 0.01), (50, 1e-5)] {
      for rate in samplingRates {
        found += try law(noise, rate, delta).map {
          "noise \(noise), rate \(rate), delta \(delta): \($0)"
        }
      }
    }
    return found
  }

  /// Where `cost` falls along `arguments`, by more than rounding, or is not a number.
  private func falls<Argument>(
    _ arguments: [Argument], cost: (Argument) throws(AccountingError) -> Double
  ) throws(AccountingError) -> [String] {
    var found: [String] = []
    var last = 0.0
    for argument in arguments {
      let next = try cost(argument)
      if !(next >= last * (1 - 1e-9)) {
        found.append("the cost falls from \(last) to \(next) at \(argument)")
      }
      last = next
    }
    return found
  }

  private func spent(_ event: PrivacyEvent, count: Int) throws(AccountingError)
    -> any PrivacyAccountant
  {
    var spent = accountant
    try spent.compose(event, count: count)
    return spent
  }

  private func epsilon(
    _ event: PrivacyEvent, count: Int, delta: Double
  ) throws(AccountingError) -> PrivacyBound {
    try spent(event, count: count).epsilon(atDelta: delta)
  }

  private func refusals(of events: [PrivacyEvent], count: Int) throws(AccountingError) -> [String] {
    var found: [String] = []
    for event in events {
      var spent = try spent(self.event(1, 1), count: 4)
      let before = try spent.epsilon(atDelta: 1e-5)
      if (try? spent.compose(event, count: count)) != nil { found.append("\(event) was accepted") }
      let after = try spent.epsilon(atDelta: 1e-5)
      if after != before { found.append("refusing \(event) changed \(before) to \(after)") }
    }
    return found
  }

  /// The event itself and within composition, after parts that are fine.
  private func disguises(of event: PrivacyEvent) -> [PrivacyEvent] {
    let fine = self.event(2, 1)
    return [
      event, .composed([fine, event]), .repeated(.composed([fine, .composed([event])]), count: 3),
    ]
  }
}
