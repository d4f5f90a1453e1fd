public import Datasets

extension Plan {
  /// The published data sets that it trains on. A user's own files and texts are not among them.
  public var knownDatasets: Set<KnownDataset> {
    Set(
      trials.compactMap { trial in
        guard case .training(let plan) = trial.task, case .known(let dataset) = plan.dataset.source
        else { return nil }
        return dataset
      })
  }
}
