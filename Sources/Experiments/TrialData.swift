internal import Datasets
internal import Randomness

/// The examples of a trial: those that it learns from, dealt to clients where there are any, and those
/// that it is measured on.
struct TrialData: Sendable {
  let training: LabeledImages
  /// nil where every example is a privacy unit of its own.
  let partition: ClientPartition?
  let test: LabeledImages
  let validation: LabeledImages?

  /// The population is the experiment's, the same in every replicate: a client is one privacy unit
  /// throughout.
  init(
    _ dataset: ImageDataset, settings: DatasetSettings, seed: UInt64
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
    if let clients = settings.clients {
      partition = try clients.partition.assign(
        labels: training.labels, classCount: training.classCount, among: clients.count,
        key: root.child(.partition))
    } else {
      partition = nil
    }
  }

  func examples(of split: EvaluationSettings.Split) -> LabeledImages {
    switch split {
    case .test: test
    case .validation:
      if let validation { validation } else { preconditionFailure("the plan holds some out") }
    }
  }
}
