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
  /// In the order of the owners' numbers; empty where nobody is told apart.
  private let siteNames: [String]

  /// The population is the experiment's, the same in every replicate: a client is one privacy unit
  /// throughout.
  init(
    _ dataset: LabeledDataset, settings: DatasetSettings, seed: UInt64
  ) throws(DatasetError) {
    let root = StreamKey(seed: seed)
    test = dataset.test
    siteNames = settings.source.sites.map(\.name)
    var training = dataset.training
    if settings.validationExamples > 0 {
      let split = try ValidationSplit(
        holdingOut: settings.validationExamples, of: dataset.training.exampleCount,
        key: root.child(.validationSplit))
      training = training.selecting(split.training)
      validation = dataset.training.selecting(split.validation)
    } else {
      validation = nil
    }
    if let sites = settings.sites { training = training.held(by: sites) }
    self.training = training
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

extension TrialData {
  /// The examples of a split, site by site.
  func sites(of split: EvaluationSettings.Split) -> [(name: String, examples: LabeledExamples)] {
    siteNames.enumerated().map { ($1, examples(of: split).held(by: [$0])) }
      .filter { $0.examples.exampleCount > 0 }
  }
}

extension SiloSettings {
  fileprivate func silos(
    of examples: LabeledExamples, declared sizes: [Int], key: StreamKey
  ) throws(DatasetError) -> [Silo] {
    let dealt = try partition.assign(
      labels: examples.labels, classCount: examples.classCount, owners: examples.owners,
      ownerCount: examples.ownerCount, among: count, key: key)
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
          labels: images.labels, classCount: images.classCount, owners: images.owners,
          ownerCount: images.ownerCount, among: count, key: key))
    case .drawn(let examplesPerClient):
      .drawn(
        DrawnClients(
          clientCount: count, examplesPerClient: examplesPerClient,
          exampleCount: images.exampleCount, key: key))
    }
  }
}
