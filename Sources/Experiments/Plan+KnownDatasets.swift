public import Datasets

extension Plan {
  /// The published data sets that it trains on. A user's own files and texts are not among them.
  public var knownDatasets: Set<KnownDataset> {
    Set(
      trials.compactMap { trial in
        guard case .training(let plan) = trial.task else { return nil }
        return plan.dataset.source.known
      })
  }
}

extension DatasetSource {
  fileprivate var known: KnownDataset? {
    switch self {
    case .known(let dataset): dataset
    case .files: nil
    case .features(_, let source): source.known
    }
  }
}
