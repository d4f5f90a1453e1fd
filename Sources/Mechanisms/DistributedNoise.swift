public import Accounting
internal import Foundation
internal import Randomness

/// Noise on whole numbers that several contributors make together.
public struct DistributedNoise: Hashable, Sendable {
  public enum Law: String, CaseIterable, Hashable, Sendable {
    /// Exact discrete Gaussians, whose sum is nearly one (Kairouz, Liu & Steinke 2021).
    case discreteGaussian = "discrete-gaussian"
    /// Skellam noise, whose sum is Skellam noise (Agarwal, Kairouz & Liu 2021). Its samples are as exact
    /// as GSL's Poisson samples are.
    case skellam
  }

  public let law: Law
  /// Of all contributors together, in squared steps of the grid.
  public let variance: Double
  /// The least number of contributors; in 1 ... 2^31. It is public, and so is who they are: neither
  /// depends on the data or the cohort. Whoever tells its share to those who see the sum does not count.
  public let contributorCount: Int

  public init(_ law: Law, variance: Double, contributorCount: Int) {
    precondition(variance > 0 && variance.isFinite, "the noise's variance is positive")
    precondition(
      (1...PrivacyEvent.largestContributorCount).contains(contributorCount),
      "1 to 2^31 contributors, not \(contributorCount)")
    self.law = law
    self.variance = variance
    self.contributorCount = contributorCount
  }

  /// Of one contributor's share.
  public var share: Double { variance / Double(contributorCount) }

  /// What a release of a sum costs that one unit moves so far.
  public func event(_ sensitivity: GridSensitivity) -> PrivacyEvent {
    switch law {
    case .discreteGaussian:
      .distributedDiscreteGaussian(
        standardDeviation: share.squareRoot(), contributorCount: contributorCount,
        sensitivity: sensitivity)
    case .skellam:
      .skellam(variance: variance, sensitivity: sensitivity)
    }
  }

  /// The variances of a share that there are samplers for.
  var shares: ClosedRange<Double> {
    switch law {
    case .discreteGaussian: 0x1p-20...0x1p52
    case .skellam: 0...0x1p31
    }
  }

  /// Adds one contributor's share to a vector of whole numbers.
  func addShare(to total: inout [Int], from stream: inout RandomStream) {
    switch law {
    case .discreteGaussian:
      let noise = DiscreteGaussian(variance: RationalVariance(roundingUp: share))
      for index in total.indices { total[index] += noise.sample(from: &stream) }
    case .skellam:
      for index in total.indices { total[index] += stream.skellam(variance: share) }
    }
  }
}

/// What can be wrong with noise that is made together.
public enum DistributedNoiseError: Error, Hashable, Sendable {
  /// No sampler makes a share of this variance, in squared steps of the grid.
  case shareOutOfRange(given: Double, allowed: ClosedRange<Double>)
  /// The rounding errors alone of so many contributions may wrap around the modulus.
  case tooFewBits(given: Int, expectedCohortSize: Double)
}

extension DistributedNoiseError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .shareOutOfRange(let given, let allowed):
      """
      one contributor's noise has a variance of \(given) squared steps of the grid; it must be from \
      \(allowed.lowerBound) to \(allowed.upperBound). Choose another granularity, or fewer bits
      """
    case .tooFewBits(let given, let expectedCohortSize):
      """
      \(given) bits are too few for the rounding errors of \(expectedCohortSize) expected \
      contributions; use more bits
      """
    }
  }
}
