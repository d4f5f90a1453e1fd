import Accounting
import Datasets
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Training

/// Clients that send what they are told to, whatever the model is.
struct ScriptedUpdates: UpdateSource {
  /// `[client][parameter]`
  var updates: [[Float]]

  var population: Int { updates.count }

  func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [UpdateOutcomes] {
    models.map { model in
      var outcomes = UpdateOutcomes()
      for unit in cohort {
        outcomes.note(
          model.sum.add(clipping: updates[unit]), bytesUp: 4 * updates[unit].count)
      }
      return outcomes
    }
  }
}

/// Random images dealt to a few clients, in equal parts.
struct ToyClients {
  static let featureCount = 6
  static let classCount = 3
  let network: Network
  let pixels: [UInt8]
  let images: LabeledExamples
  var partition: ClientPartition
  let parameters: [Float]

  init(
    _ architecture: Architecture, clientCount: Int, examplesPerClient: Int, seed: UInt64 = 301
  ) throws {
    let count = clientCount * examplesPerClient
    var stream = RandomStream(StreamKey(seed: seed))
    pixels = (0..<count * Self.featureCount).map { _ in UInt8(stream.uniformInteger(below: 256)) }
    images = LabeledExamples(
      features: .bytes(pixels),
      labels: (0..<count).map { _ in UInt8(stream.uniformInteger(below: Self.classCount)) },
      featureCount: Self.featureCount, classCount: Self.classCount)
    partition = try Partition.iid.assign(
      labels: images.labels, classCount: Self.classCount, among: clientCount,
      key: StreamKey(seed: seed).child(.partition))
    let network = Network(
      architecture, input: Shape(height: 3, width: 2, channels: 1), classCount: Self.classCount)
    self.network = network
    parameters = (0..<network.parameterCount).map { _ in
      Float(stream.gaussian(standardDeviation: 0.5))
    }
  }

  func source(
    _ training: LocalTraining, link: UpdateLink = .plain, participation: Participation = .full
  ) -> ClientUpdates {
    ClientUpdates(
      network: network, training: training, examples: images, clients: .dealt(partition),
      link: link, participation: participation)
  }

  /// One example's features and label.
  func example(_ index: Int) -> (input: [Double], label: Int) {
    let first = index * Self.featureCount
    return (
      pixels[first..<first + Self.featureCount].map { Double($0) / 255 },
      Int(images.labels[index])
    )
  }
}

extension Optimizer {
  /// Federated averaging: the mean delta is added as it is.
  static func averaging(_ parameterCount: Int) -> Optimizer {
    Optimizer(
      OptimizerSettings(.sgd(momentum: 0, nesterov: false), learningRate: 1), rounds: 4000,
      parameterCount: parameterCount)
  }
}

/// A trainer of one model.
struct SingleTrainer<Source: UpdateSource> {
  private var trainer: Trainer<Source>

  init(
    _ parameters: [Float], layers: [Range<Int>]? = nil, _ sampler: any CohortSampler,
    _ mechanism: any NoiseMechanism, averaging: Averaging = .none,
    participation: Participation = .full, _ source: Source, shared: SharedKeys, noise: NoiseKeys,
    workers: Workers = .one
  ) {
    let model = ModelInTraining(
      initialParameters: parameters, layers: layers ?? [0..<parameters.count],
      mechanism: mechanism, optimizer: .averaging(parameters.count), averaging: averaging,
      keys: noise)
    trainer = Trainer(
      models: [model], sampler: sampler, participation: participation, source: source, keys: shared,
      workers: workers)
  }

  var parameters: [Float] { trainer.models[0].parameters }
  var evaluatedParameters: [Float] { trainer.models[0].evaluatedParameters }

  mutating func runRound<Recorder: EventRecorder>(
    _ round: Int, charging recorder: inout Recorder
  ) throws(Recorder.Failure) -> RoundDiagnostics {
    var recorders = [recorder]
    defer { recorder = recorders[0] }
    return try trainer.runRound(round, charging: &recorders)[0]
  }
}
