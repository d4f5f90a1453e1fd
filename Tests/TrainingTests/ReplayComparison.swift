import Accounting
import Foundation

@testable import Mechanisms

extension TapedRelease {
  /// How far this release's inputs are from a neighbor's, where 1 is as far as the mechanism says that
  /// one unit moves them by coming, going or contributing zero.
  ///
  /// Where a number is released with the sum, the two distances, each measured in its noise, add up
  /// as those of one Gaussian release.
  func distance(to other: TapedRelease, by mechanism: any NoiseMechanism) -> Double {
    let moved = euclideanDistance(sum, other.sum)
    switch mechanism {
    case let mechanism as DistributedMechanism:
      let sensitivity = mechanism.encoding.sensitivity
      let l1 = zip(sum, other.sum).reduce(0) { $0 + ($1.0 - $1.1).magnitude }
      return max(moved / Double(sensitivity.squaredL2).squareRoot(), l1 / Double(sensitivity.l1))
    case let mechanism as AdaptiveGaussianMechanism:
      return mechanism.noiseMultiplier
        * hypot(
          moved / (mechanism.updateNoiseMultiplier * clippingNorm),
          (unclippedBalance - other.unclippedBalance)
            / mechanism.clipping.countStandardDeviation)
    case let mechanism as CountedGaussianMechanism:
      return mechanism.noiseMultiplier
        * hypot(
          moved / (mechanism.updateNoiseMultiplier * clippingNorm),
          Double(contributionCount - other.contributionCount) / mechanism.countStandardDeviation)
    default:
      return moved / clippingNorm
    }
  }

  private var clippingNorm: Double {
    switch bound {
    case .clipped(let norm, _): norm
    case .unbounded: 0
    }
  }

  /// Whether the noise that both released sums got is the same, to the rounding of Floats.
  func hasTheNoise(of other: TapedRelease) -> Bool {
    sum.indices.allSatisfy { place in
      let (one, two) = (Double(release.mean[place]), Double(other.release.mean[place]))
      let rounding = 0x1p-23 * (one.magnitude + two.magnitude) * divisor
      let noises = (one * divisor - sum[place], two * divisor - other.sum[place])
      return (noises.0 - noises.1).magnitude <= rounding
    }
  }

  /// The same sum to the last bit.
  func hasTheSum(of other: TapedRelease) -> Bool {
    sum.map(\.bitPattern) == other.sum.map(\.bitPattern)
  }
}

extension ReplayedRun {
  /// What must not differ between neighbors, and does, in words.
  func differences(from other: ReplayedRun) -> [String] {
    var found: [String] = []
    if ledger != other.ledger { found.append("ledgers") }
    if skipped != other.skipped { found.append("rounds that are left out") }
    if parameters.map(\.bitPattern) != other.parameters.map(\.bitPattern)
      || clippingNorm != other.clippingNorm
    {
      found.append("models made of the same releases")
    }
    if releases.count != other.releases.count { found.append("numbers of releases") }
    if Set(releases.map(\.noise)).count != releases.count { found.append("noise that repeats") }
    for (one, two) in zip(releases, other.releases) {
      if one.divisor != two.divisor { found.append("divisors") }
      if one.noise != two.noise { found.append("noise keys") }
      if one.bound != two.bound { found.append("bounds") }
      if one.event != two.event { found.append("events") }
    }
    return found
  }

  /// The greatest distance of a release from the other run's; 1 is what one unit may do.
  func distance(from other: ReplayedRun, by mechanism: any NoiseMechanism) -> Double {
    zip(releases, other.releases).map { $0.distance(to: $1, by: mechanism) }.max() ?? 0
  }

  func hasTheSums(of other: ReplayedRun) -> Bool {
    zip(releases, other.releases).allSatisfy { $0.hasTheSum(of: $1) }
  }
}

/// Independent of the library's norm: a plain sum of squares.
private func euclideanDistance(_ one: [Double], _ other: [Double]) -> Double {
  zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
}
