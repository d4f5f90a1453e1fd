internal import Datasets
internal import Randomness
internal import Training

/// The examples of a trial: those that it learns from, dealt to clients or silos where there are any,
/// and those that it is measured on.
struct TrialData: Sendable {
  let training: LabeledExamples
  /// nil where every example is a privacy unit of its own.
  let clients: ClientExamples?
  /// Empty where there are none.
  let silos: [Silo]
  let test: LabeledExamples
  let validation: LabeledExamples?

  /// The population is the experiment's, the same in every replicate: a client is one privacy unit
  /// throughout.
  init(
    _ dataset: LabeledDataset, settings: DatasetSettings, seed: UInt64
  ) throws(DatasetError) {
    let root = StreamKey(seed: seed)
    test = dataset.test
    if settings.validationExamples > 0 {
      let split = try ValidationSplit(
        holdingOut: settings.validationExamples, of: dataset.training.exampleCount,
        key: root.child(.validationSplit))
      training = dataset.training.selecting(split.training)
      validation = dataset.training.selecting(split.validation)
    } else {
      training = dataset.training
      validation = nil
    }
    clients = try settings.clients?.examples(of: training, key: root.child(.partition))
    silos =
      try settings.silos?.silos(
        of: training, declared: settings.siloSizes, key: root.child(.partition)) ?? []
  }

  func examples(of split: EvaluationSettings.Split) -> LabeledExamples {
    switch split {
    case .test: test
    case .validation:
      if let validation { validation } else { preconditionFailure("the plan holds some out") }
    }
  }
}

extension DatasetSettings {
  /// How many examples each silo declares: a function of the plan alone.
  fileprivate var siloSizes: [Int] {
    guard let silos else { return [] }
    return (0..<silos.count).map {
      unitCount * ($0 + 1) / silos.count - unitCount * $0 / silos.count
    }
  }
}

extension SiloSettings {
  fileprivate func silos(
    of examples: LabeledExamples, declared sizes: [Int], key: StreamKey
  ) throws(DatasetError) -> [Silo] {
    let dealt = try partition.assign(
      labels: examples.labels, classCount: examples.classCount, among: count, key: key)
    return sizes.enumerated().map { index, size in
      Silo(
        examples: examples.selecting(Array(dealt.examples(ofClient: index))), declaredSize: size)
    }
  }
}

extension ClientSettings {
  fileprivate func examples(
    of images: LabeledExamples, key: StreamKey
  ) throws(DatasetError) -> ClientExamples {
    switch holding {
    case .dealt(let partition):
      .dealt(
        try partition.assign(
          labels: images.labels, classCount: images.classCount, among: count, key: key))
    case .drawn(let examplesPerClient):
      .drawn(
        DrawnClients(
          clientCount: count, examplesPerClient: examplesPerClient,
          exampleCount: images.exampleCount, key: key))
    }
  }
}
