public import Accounting
internal import Mechanisms
internal import Results

/// What an epsilon of a trial is about: all that its statement says besides numbers for noise and
/// epsilon.
public struct Guarantee: Hashable, Sendable {
  public let unit: PrivacyUnit
  public let neighboringRelation: NeighboringRelation
  public let delta: Double
  public let accountant: AccountantKind
  public let release: Release
  /// How cohorts are drawn, as the cell of a table.
  public let sampling: String

  /// What leaves, and who adds the noise to it.
  public enum Release: Hashable, Sendable {
    /// A noised sum of clipped updates a round.
    case sums(SumRelease)
    /// Counts with Gaussian noise, above a threshold.
    case counts
  }

  public struct SumRelease: Hashable, Sendable {
    public let noise: NoiseSource
    public let cohorts: Cohorts
    /// Declared; public.
    public let unitCount: Int
    /// Whether canaries of an audit are among them.
    public let hasCanaries: Bool
    /// Whether a noised count is part of each release, of updates within the clipping norm or of reports.
    public let includesCount: Bool
    /// Whether examples lie in silos that each release on their own.
    public let hasSilos: Bool
  }

  public enum NoiseSource: Hashable, Sendable {
    /// Whoever adds the updates up.
    case aggregator
    /// Whoever adds the updates up, on the integers.
    case hardenedAggregator(EntropySource)
    /// Every client, for itself.
    case eachClient
    /// At least so many contributors together, before the sum is seen.
    case contributors(atLeast: Int)
  }

  public enum Cohorts: Hashable, Sendable {
    case poisson(rate: Double)
    case fixedSize(Int)
    case everyone
    case inTurn
  }
}

extension Plan {
  /// What the epsilon of each setting is about, in the order of the sweep; nil where nothing is
  /// guaranteed.
  public var guarantees: [Guarantee?] { settings.map(\.guarantee) }
}

extension PricedSetting {
  fileprivate var guarantee: Guarantee? {
    guard claim.isPrivate else { return nil }
    return Guarantee(
      unit: claim.privacyUnit, neighboringRelation: claim.neighboringRelation, delta: claim.delta,
      accountant: claim.accountant, release: task.release, sampling: claim.sampling)
  }
}

extension TaskSettings {
  fileprivate var release: Guarantee.Release {
    switch self {
    case .training(let settings): .sums(settings.release)
    case .analytics: .counts
    }
  }
}

extension Settings {
  fileprivate var release: Guarantee.SumRelease {
    let adapts = if case .quantile = privacy.clipping { true } else { false }
    return Guarantee.SumRelease(
      noise: privacy.mechanismSettings.noiseSource, cohorts: training.sampling.cohorts,
      unitCount: unitCount, hasCanaries: audit != nil,
      includesCount: adapts || training.links.countStandardDeviation != nil,
      hasSilos: training.silos != nil)
  }
}

extension MechanismSettings {
  fileprivate var noiseSource: Guarantee.NoiseSource {
    switch self {
    case .gaussian: .aggregator
    case .discreteGaussian(let entropy): .hardenedAggregator(entropy)
    case .localGaussian: .eachClient
    case .distributed(let settings): .contributors(atLeast: settings.noiseContributors)
    }
  }
}

extension SamplingSettings {
  fileprivate var cohorts: Guarantee.Cohorts {
    switch self {
    case .poisson(let rate): .poisson(rate: rate)
    case .withoutReplacement(let cohortSize): .fixedSize(cohortSize)
    case .everyone: .everyone
    case .inTurn: .inTurn
    }
  }
}
