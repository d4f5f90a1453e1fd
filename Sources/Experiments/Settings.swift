public import Accounting
public import Datasets
public import Mechanisms
public import Training

/// One point of a sweep, fully spelled out except for noise that is still to be calibrated.
struct Settings {
  let dataset: DatasetSettings
  let model: ModelSettings
  let training: TrainingSettings
  let evaluation: EvaluationSettings
  let privacy: PrivacySettings
  /// Nil where nothing is audited.
  let audit: AuditSettings?

  func with(privacy: PrivacySettings) -> Settings {
    Settings(
      dataset: dataset, model: model, training: training, evaluation: evaluation, privacy: privacy,
      audit: audit)
  }
}

/// What data, and who holds it.
public struct DatasetSettings: Hashable, Sendable {
  public let source: DatasetSource
  /// nil where every example is a privacy unit of its own.
  public let clients: ClientSettings?
  /// Who trains together on examples that are privacy units of their own; nil where all of them lie in
  /// one place.
  public let silos: SiloSettings?
  /// Whose training examples are used, as numbers into the data set's sites; nil for everybody's.
  public let sites: [Int]?
  /// Training examples kept apart, to tune on.
  public let validationExamples: Int

  /// How many privacy units the plan declares: a public constant.
  public var unitCount: Int { clients?.count ?? exampleCount }

  /// How many training examples the plan declares.
  var exampleCount: Int { source.exampleCount(of: sites, keepingApart: validationExamples) }

  /// How many training examples each silo declares.
  var siloSizes: [Int] {
    guard let silos else { return [] }
    if silos.partition == .natural {
      return (sites ?? Array(source.sites.indices)).map {
        source.exampleCount(of: $0, keepingApart: validationExamples)
      }
    }
    return (0..<silos.count).map {
      exampleCount * ($0 + 1) / silos.count - exampleCount * $0 / silos.count
    }
  }
}

extension DatasetSource {
  /// How many training examples some sites declare, or all for nil, where some examples are kept
  /// apart.
  func exampleCount(of sites: [Int]?, keepingApart keptApart: Int) -> Int {
    guard let sites else { return trainingExampleCount - keptApart }
    return sites.reduce(0) { $0 + exampleCount(of: $1, keepingApart: keptApart) }
  }

  /// Those that are kept apart are drawn from all sites alike.
  func exampleCount(of site: Int, keepingApart keptApart: Int) -> Int {
    max(1, sites[site].exampleCount * (trainingExampleCount - keptApart) / trainingExampleCount)
  }
}

/// Institutions that hold the training examples, every example one of them.
public struct SiloSettings: Hashable, Sendable {
  public let count: Int
  public let partition: Partition
}

/// Who holds the training examples.
public struct ClientSettings: Hashable, Sendable {
  public let count: Int
  public let holding: Holding

  public enum Holding: Hashable, Sendable {
    /// Every example belongs to one client.
    case dealt(Partition)
    /// Every client is a sample of the data set, with replacement: populations of any size.
    case drawn(examplesPerClient: Int)
  }
}

/// How a run goes.
public struct TrainingSettings: Hashable, Sendable {
  public let rounds: Int
  public let sampling: SamplingSettings
  /// What a client does with its examples; nil where every example is a privacy unit of its own.
  public let local: LocalTraining?
  /// What a silo does in a round; nil where there are none.
  public let silos: SiloTraining?
  public let optimizer: OptimizerSettings
  public let averaging: Averaging
  /// Perfect where every example is a privacy unit of its own.
  public let links: LinkSettings

  /// Releases that a privacy unit may be in, a round.
  var releasesPerRound: Int { silos?.localSteps ?? 1 }
}

/// Who takes part in a round.
public enum SamplingSettings: Hashable, Sendable {
  case poisson(rate: Double)
  case withoutReplacement(cohortSize: Int)
  case everyone
  /// One client after another in a fixed order; see ``InTurnSampler``.
  case inTurn

  /// The cell of a table.
  public var label: String {
    switch self {
    case .poisson(let rate): "poisson(rate=\(rate))"
    case .withoutReplacement(let cohortSize): "without-replacement(cohort_size=\(cohortSize))"
    case .everyone: "everyone"
    case .inTurn: "in-turn"
    }
  }
}

/// When and on what the model is measured.
public struct EvaluationSettings: Hashable, Sendable {
  public enum Split: String, CaseIterable, Sendable {
    case test
    case validation
  }

  public let split: Split
  /// Rounds between measurements; the last round is always measured.
  public let every: Int
  /// On what the settings of this experiment were chosen.
  public let tunedOn: TunedOn

  public enum TunedOn: String, CaseIterable, Sendable {
    case nothing
    case validation
    case test
  }

  /// The rounds after which a run of this length is measured.
  func measuredRounds(of rounds: Int) -> [Int] {
    (1...rounds).filter { $0.isMultiple(of: every) || $0 == rounds }
  }
}

/// What is protected, and how the price is computed.
public struct PrivacySettings: Hashable, Sendable {
  public let unit: PrivacyUnit
  public let neighboringRelation: NeighboringRelation
  public let delta: Double
  /// Privacy loss distributions unless the file says otherwise.
  public let accountant: AccountantKind
  /// Of the first round, where it adapts.
  public let clippingNorm: Double
  public let clipping: ClippingSettings
  public let mechanismSettings: MechanismSettings
  public let noise: NoiseSettings
  /// Unless the file says otherwise, the vectorized one for examples, whose steps are short, and GSL's
  /// for clients.
  public let gaussianSampler: GaussianSampler
}

/// How a contribution is brought within the clipping norm.
public enum ClippingSettings: Hashable, Sendable {
  case rule(ClippingRule)
  /// The clipping norm follows a quantile of the norms; see ``QuantileClipping``.
  case quantile(target: Double, learningRate: Double, countStandardDeviation: Double)
}

/// Who adds the noise, and which.
public enum MechanismSettings: Hashable, Sendable {
  /// Whoever adds the contributions up.
  case gaussian
  /// Every client, to its own contribution.
  case localGaussian
  /// Several contributors together, on the integers.
  case distributed(DistributedSettings)
}

/// How contributions and noise become integers.
public struct DistributedSettings: Hashable, Sendable {
  public let law: DistributedNoise.Law
  /// Of the modulus.
  public let bits: Int
  /// The least number of contributors to the noise in a round; public.
  public let noiseContributors: Int
  public let granularity: GranularitySettings
  /// Whether a public random rotation spreads every contribution over all coordinates.
  public let isRotated: Bool
  /// See ``GridEncoding/redrawProbability``.
  public let redrawProbability: Double
  /// Elements of an update. Follows from other settings.
  public let dimension: Int
  /// Follows from other settings.
  public let expectedCohortSize: Double
}

/// How fine the grid is.
public enum GranularitySettings: Hashable, Sendable {
  /// One step, over the clipping norm.
  case relative(Double)
  /// As fine as the modulus allows, with room for so many standard deviations of the sum.
  case headroom(Double)
}

/// How much noise.
public enum NoiseSettings: Hashable, Sendable {
  /// Neither clipping nor noise.
  case none
  case multiplier(Double)
  case targetEpsilon(Double)

  var targetEpsilon: Double? {
    guard case .targetEpsilon(let target) = self else { return nil }
    return target
  }
}
