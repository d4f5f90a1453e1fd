internal import Datasets
internal import Randomness

/// The examples of a trial: those that it learns from, dealt to clients where there are any, and those
/// that it is measured on.
struct TrialData: Sendable {
  let training: LabeledExamples
  /// nil where every example is a privacy unit of its own.
  let clients: ClientExamples?
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
  }

  func examples(of split: EvaluationSettings.Split) -> LabeledExamples {
    switch split {
    case .test: test
    case .validation:
      if let validation { validation } else { preconditionFailure("the plan holds some out") }
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
