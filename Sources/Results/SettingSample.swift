internal import Statistics

/// A setting with the accuracies of its replicates.
struct SettingSample: Sendable {
  let row: TradeoffRow
  let accuracies: [Int: Double]

  /// By setting, in order. Errors name trials as those of `file`.
  static func all(of trials: [TrialRow], file: String) throws(ResultsError) -> [SettingSample] {
    for trial in trials where !trial.accuracy.isFinite {
      throw .unreadable(
        file: file, reason: "the accuracy of trial \(trial.trial) is \(trial.accuracy)")
    }
    var settings: [SettingSample] = []
    for row in TradeoffRow.summarize(trials) {
      var accuracies: [Int: Double] = [:]
      for trial in trials where trial.setting == row.setting {
        guard accuracies.updateValue(trial.accuracy, forKey: trial.replicate) == nil else {
          throw .unreadable(
            file: file, reason: "setting \(row.setting) has replicate \(trial.replicate) twice")
        }
      }
      settings.append(SettingSample(row: row, accuracies: accuracies))
    }
    return settings
  }

  /// By replicate.
  var sample: Sample { Sample(accuracies.sorted { $0.key < $1.key }.map(\.value)) }

  /// Accuracies of both, replicate by replicate, of those that both have.
  func paired(with other: SettingSample) -> (own: [Double], others: [Double]) {
    let shared = accuracies.keys.filter { other.accuracies[$0] != nil }.sorted()
    return (shared.compactMap { accuracies[$0] }, shared.compactMap { other.accuracies[$0] })
  }
}
