public import Accounting
public import Datasets
public import Mechanisms

/// One point of a sweep, fully spelled out except for noise that is still to be calibrated.
struct Settings {
  let dataset: DatasetSettings
  let model: ModelSettings
  let training: TrainingSettings
  let evaluation: EvaluationSettings
  let privacy: PrivacySettings
}

/// What data, and who holds it.
public struct DatasetSettings: Hashable, Sendable {
  public let name: KnownDataset
  /// How many clients the plan declares: a public constant.
  public let clientCount: Int
  public let partition: Partition
  /// Training examples kept from all clients, to tune on.
  public let validationExamples: Int
}

/// What is learned.
public struct ModelSettings: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case logisticRegression = "logistic-regression"
    case multilayerPerceptron = "multilayer-perceptron"
  }

  public let kind: Kind
  /// Empty for logistic regression.
  public let hiddenWidths: [Int]
}

/// How a run goes.
public struct TrainingSettings: Hashable, Encodable, Sendable {
  public let rounds: Int
  public let sampling: SamplingSettings
  public let localEpochs: Int
  public let batchSize: Int
  public let localLearningRate: Double
  public let serverLearningRate: Double
  public let serverMomentum: Double

  private enum CodingKeys: String, CodingKey {
    case rounds
    case sampling
    case localEpochs = "local_epochs"
    case batchSize = "batch_size"
    case localLearningRate = "local_learning_rate"
    case serverLearningRate = "server_learning_rate"
    case serverMomentum = "server_momentum"
  }
}

/// Who takes part in a round.
public enum SamplingSettings: Hashable, Sendable {
  case poisson(rate: Double)
  case withoutReplacement(cohortSize: Int)
  case everyone

  /// The cell of a table.
  public var label: String {
    switch self {
    case .poisson(let rate): "poisson(rate=\(rate))"
    case .withoutReplacement(let cohortSize): "without-replacement(cohort_size=\(cohortSize))"
    case .everyone: "everyone"
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
public struct PrivacySettings: Hashable, Encodable, Sendable {
  public let unit: PrivacyUnit
  public let neighboringRelation: NeighboringRelation
  public let delta: Double
  /// Privacy loss distributions unless the file says otherwise.
  public let accountant: AccountantKind
  public let clippingNorm: Double
  public let noise: NoiseSettings
  public let gaussianSampler: GaussianSampler

  private enum CodingKeys: String, CodingKey {
    case unit
    case neighboringRelation = "neighboring_relation"
    case delta
    case accountant
    case clippingNorm = "clipping_norm"
    case noise
    case gaussianSampler = "gaussian_sampler"
  }
}

/// How much noise.
public enum NoiseSettings: Hashable, Sendable {
  /// Neither clipping nor noise.
  case none
  case multiplier(Double)
  case targetEpsilon(Double)
}
