import Accounting
import Datasets
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Testing

@testable import Training

/// Where updates come from.
enum ReplayedWork: CaseIterable {
  case fedAvg, hiddenLayer, fedProx, scaffold
  case decimals, even, stochastic, topWithFeedback, random
  case denseGradients, convolutionGradients
  case silos

  var architecture: Architecture {
    switch self {
    case .hiddenLayer, .denseGradients: .multilayerPerceptron(hiddenWidths: [3], activation: .tanh)
    case .convolutionGradients:
      Architecture(hiddenLayers: [
        .convolution(filters: 4, kernelSize: 2, stride: 1, padding: 1), .groupNorm(groups: 2),
        .activation(.tanh), .flatten,
      ])
    default: .logisticRegression
    }
  }

  /// Whether a unit is one example, and gradients are summed where they arise.
  var takesGradients: Bool {
    switch self {
    case .denseGradients, .convolutionGradients, .silos: true
    default: false
    }
  }

  var link: UpdateLink {
    switch self {
    case .decimals: UpdateLink(compression: .decimals(3), errorFeedback: true)
    case .even: UpdateLink(compression: .uniform(bits: 12), errorFeedback: true)
    case .stochastic: UpdateLink(compression: .stochastic(bits: 12))
    case .topWithFeedback: UpdateLink(compression: .topK(fraction: 0.3), errorFeedback: true)
    case .random: UpdateLink(compression: .randomK(fraction: 0.5, isUnbiased: true))
    default: .plain
    }
  }

  func training(_ weighting: ClientWeighting) -> LocalTraining {
    LocalTraining(
      localEpochs: 2, batchSize: 2, localLearningRate: 0.5,
      proximal: self == .fedProx ? 0.3 : 0,
      controlVariates: self == .scaffold ? ControlVariates(scale: 0.7) : nil, weighting: weighting)
  }

  static let siloCount = 2
  static let siloSteps = 2
}

/// Who takes part.
enum ReplayedSampling: CaseIterable, Hashable {
  static let allCases: [ReplayedSampling] = [
    .poisson, .poissonFailing, .everyone, .everyoneFailing, .fixedSize, .overSelection, .inTurn,
  ]

  case poisson, poissonFailing, everyone, everyoneFailing, fixedSize, overSelection, inTurn
  /// Coins, and a round counts only if two report.
  case scarce

  func sampler(unitCount: Int) -> any CohortSampler {
    switch self {
    case .poisson, .poissonFailing, .scarce: PoissonSampler(samplingRate: 0.7, unitCount: unitCount)
    case .everyone, .everyoneFailing: FullParticipation(unitCount: unitCount)
    case .fixedSize: FixedSizeSampler(cohortSize: 2, populationSize: unitCount)
    case .overSelection:
      FixedSizeSampler(cohortSize: 2, populationSize: unitCount, overSelection: 1.5)
    case .inTurn: InTurnSampler(unitCount: unitCount)
    }
  }

  var participation: Participation {
    switch self {
    case .poissonFailing, .everyoneFailing, .overSelection:
      Participation(
        availability: .probability(0.9), dropOut: 0.1, stragglers: .init(fraction: 0.4, work: 0.5))
    case .scarce: Participation(fewestReports: 2)
    default: .full
    }
  }

  /// Whether units may come and go: how many there are is no constant of the plan.
  var hidesThePopulation: Bool {
    switch self {
    case .poisson, .poissonFailing, .scarce, .everyone, .everyoneFailing: true
    case .fixedSize, .overSelection, .inTurn: false
    }
  }

  /// Enough for every unit to take part once; where there are coins, with a probability near 1.
  var roundsToMeetAll: Int {
    switch self {
    case .everyone: 1
    case .inTurn: 4
    default: 12
    }
  }

  /// What silos can do, of which nobody's examples are lost on the way.
  var isForSilos: Bool { [.poisson, .everyone, .fixedSize].contains(self) }
}

/// How contributions are bounded, and what the noise is on.
enum ReplayedMechanism: CaseIterable {
  case flat, perLayer, automatic, quantile, counted, discrete
  case local, distributedGaussian, distributedSkellam

  /// Whether contributions get another form before they leave.
  var changesContributions: Bool {
    switch self {
    case .local, .distributedGaussian, .distributedSkellam: true
    default: false
    }
  }

  /// - Parameter dimension: of contributions.
  func make(
    clippingNorm: Double, noiseMultiplier: Double, dimension: Int
  ) throws -> any NoiseMechanism {
    switch self {
    case .flat:
      return GaussianMechanism(clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier)
    case .perLayer:
      return GaussianMechanism(
        clippingNorm: clippingNorm, rule: .perLayer, noiseMultiplier: noiseMultiplier,
        sampler: .bulk)
    case .automatic:
      return GaussianMechanism(
        clippingNorm: clippingNorm, rule: .automatic(stability: 1e-6),
        noiseMultiplier: noiseMultiplier)
    case .quantile:
      return try AdaptiveGaussianMechanism(
        clipping: QuantileClipping(
          initialClippingNorm: clippingNorm, targetQuantile: 0.5, clippingLearningRate: 0.3,
          countStandardDeviation: 0.8 * noiseMultiplier),
        noiseMultiplier: noiseMultiplier)
    case .counted:
      return try CountedGaussianMechanism(
        clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier,
        countStandardDeviation: 1.5 * noiseMultiplier)
    case .local:
      return LocalGaussianMechanism(
        clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier)
    case .discrete:
      return try DiscreteGaussianMechanism(
        clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier)
    case .distributedGaussian, .distributedSkellam:
      let steps = 0x1p14
      return try DistributedMechanism(
        encoding: GridEncoding(
          dimension: dimension, clippingNorm: clippingNorm, granularity: clippingNorm / steps,
          bits: 30, isRotated: self == .distributedSkellam),
        noise: DistributedNoise(
          self == .distributedSkellam ? .skellam : .discreteGaussian,
          variance: noiseMultiplier * noiseMultiplier * steps * steps, contributorCount: 1))
    }
  }
}

/// All of a run but the data and whose contribution is zero.
struct ReplayCase {
  let work: ReplayedWork
  let sampling: ReplayedSampling
  let weighting: ClientWeighting
  let mechanism: any NoiseMechanism
  let initialParameters: [Float]
  let rule: OptimizerSettings.Rule
  /// As the plan declares.
  let unitCount: Int
  let rounds: Int
  let key: StreamKey

  static func network(_ work: ReplayedWork) -> Network {
    Network(work.architecture, input: SmallData.shape, classCount: SmallData.classCount)
  }

  /// Elements of a contribution.
  static func dimension(_ work: ReplayedWork) -> Int {
    network(work).parameterCount * (work == .scaffold ? 2 : 1)
  }

  /// - Parameter earlier: the run on a neighbor, whose releases the model sees; nil if it sees its own.
  func run(
    on data: SmallData, silencing silenced: Int? = nil, seeing earlier: ReplayedRun? = nil
  ) throws -> ReplayedRun {
    let (network, tape, log) = (Self.network(work), Tape(), CohortLog())
    let keys = SharedKeys(key.child(.replicate))
    let model = ModelInTraining(
      initialParameters: initialParameters, layers: network.layerRanges,
      mechanism: mechanism.taped(on: tape, showing: earlier?.tape),
      optimizer: Optimizer(
        OptimizerSettings(rule, learningRate: 1), rounds: rounds,
        parameterCount: network.parameterCount),
      controlVariate: work.training(weighting).controlVariates.map {
        ServerControlVariate(
          $0, unitCount: unitCount, parameterCount: network.parameterCount)
      },
      keys: NoiseKeys(key.child(.trial)))
    let sampler = LoggedSampler(wrapped: sampling.sampler(unitCount: unitCount), log: log)

    switch work {
    case .silos:
      let size = unitCount / ReplayedWork.siloCount
      let silos = (0..<ReplayedWork.siloCount).map { index in
        let units = data.units.dropFirst(index * size).prefix(size)
        return Silo(examples: SmallData(units: Array(units)).examples, declaredSize: size)
      }
      return try ReplayedRun(
        rounds: rounds, tape: tape, log: log,
        of: SiloTrainer(
          models: [model],
          training: SiloTraining(localSteps: ReplayedWork.siloSteps, learningRate: 0.5),
          network: network, silos: silos,
          sampler: { LoggedSampler(wrapped: sampling.sampler(unitCount: $0), log: log) },
          keys: keys))
    case .denseGradients, .convolutionGradients:
      return try ReplayedRun(
        rounds: rounds, tape: tape, log: log,
        of: Trainer(
          models: [model], sampler: sampler, participation: sampling.participation,
          source: SilencedUpdates(
            wrapped: ExampleGradients(
              network: network, examples: data.examples,
              expectedBatchSize: sampler.expectedCohortSize),
            silenced: silenced),
          keys: keys))
    default:
      return try ReplayedRun(
        rounds: rounds, tape: tape, log: log,
        of: Trainer(
          models: [model], sampler: sampler, participation: sampling.participation,
          source: SilencedUpdates(
            wrapped: ClientUpdates(
              network: network, training: work.training(weighting), examples: data.examples,
              clients: .dealt(data.partition), link: work.link,
              participation: sampling.participation),
            silenced: silenced),
          keys: keys))
    }
  }
}
