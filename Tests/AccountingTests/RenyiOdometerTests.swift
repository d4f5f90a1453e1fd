import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct RenyiOdometerTests {
  @Test func readingsMatchReference() throws {
    for row in try ReferenceTable("renyi_odometer.csv").rows {
      let gaussian = PrivacyEvent.gaussian(noiseMultiplier: try row.column("noise_multiplier"))
      let rate = try row.column("sampling_rate")
      var odometer = try RenyiOdometer(delta: try row.column("delta"))
      odometer.add(
        try RenyiStep(
          .poissonSampled(gaussian, samplingRate: rate), relation: .addOrRemoveOne),
        times: Int(try row.column("rounds")))
      let epsilon = try row.column("epsilon")
      #expect(odometer.epsilon >= epsilon * (1 - 1e-12), "\(row): \(odometer.epsilon)")
      #expect(odometer.epsilon <= epsilon * (1 + 1e-8), "\(row): \(odometer.epsilon)")
    }
  }

  @Test func readingsOnlyRise() throws {
    var odometer = try RenyiOdometer(delta: 1e-5)
    #expect(odometer.epsilon == 0)
    var last = 0.0
    for noiseMultiplier in [50.0, 3, 100, 1, 8] {
      let step = try RenyiStep(
        .gaussian(noiseMultiplier: noiseMultiplier), relation: .addOrRemoveOne)
      var twice = odometer
      odometer.add(step)
      #expect(odometer.epsilon > last)
      twice.add(step, times: 2)
      #expect(twice.epsilon > odometer.epsilon)
      last = odometer.epsilon
    }
    odometer.add(try RenyiStep(.nonPrivate, relation: .addOrRemoveOne))
    #expect(odometer.epsilon == .infinity)
  }

  @Test(arguments: [0, 1, -0.1, .nan])
  func deltaIsChecked(delta: Double) {
    #expect(throws: AccountingError.self) { try RenyiOdometer(delta: delta) }
  }

  /// Somebody who sees the loss chooses the noise of every release by it, and succeeds if the loss ever
  /// passes the reading. That must not happen in more than a share delta of all attempts; more than delta
  /// and six standard deviations would come by chance with probability below 1e-8.
  ///
  /// The loss of a Gaussian release with noise multiplier z is normal with mean 1/2z^2 and variance 1/z^2.
  @Test func anAdversarySucceedsNoMoreOftenThanDelta() throws {
    let delta = 0.3
    let multipliers = [0.7, 4.0]
    let steps = try multipliers.map {
      try RenyiStep(.gaussian(noiseMultiplier: $0), relation: .addOrRemoveOne)
    }
    var readings: [[Int]: Double] = [:]
    func reading(_ counts: [Int]) throws -> Double {
      if let known = readings[counts] { return known }
      var odometer = try RenyiOdometer(delta: delta)
      for (step, count) in zip(steps, counts) { odometer.add(step, times: count) }
      readings[counts] = odometer.epsilon
      return odometer.epsilon
    }
    var generator = SplitMix64(state: 20_261_126)
    let attempts = 4000
    var (successes, unguarded) = (0, 0)
    for _ in 0..<attempts {
      var counts = [0, 0]
      var loss = 0.0
      var (hasPassed, hasPassedMean) = (false, false)
      for _ in 0..<15 {
        // Behind its own average, it takes a leap; before it, small steps towards the reading.
        let mean = zip(multipliers, counts).reduce(0) { $0 + Double($1.1) / (2 * $1.0 * $1.0) }
        let choice = loss < mean ? 0 : 1
        counts[choice] += 1
        let shift = 1 / multipliers[choice]
        loss += shift * shift / 2 + shift * generator.standardNormal()
        if loss > (try reading(counts)) { hasPassed = true }
        if loss > mean + shift * shift { hasPassedMean = true }
      }
      if hasPassed { successes += 1 }
      if hasPassedMean { unguarded += 1 }
    }
    let bound = delta + 6 * (delta * (1 - delta) / Double(attempts)).squareRoot()
    #expect(Double(successes) / Double(attempts) <= bound, "\(successes)")
    // It does succeed against a smaller reading.
    #expect(Double(unguarded) / Double(attempts) > bound, "\(unguarded)")
  }
}

/// Steele, Lea & Flood 2014.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// By Box and Muller.
  mutating func standardNormal() -> Double {
    let (u, v) = (
      Double.random(in: Double.leastNonzeroMagnitude..<1, using: &self),
      Double.random(in: 0..<1, using: &self)
    )
    return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
  }
}
