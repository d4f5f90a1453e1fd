import ArgumentParser
import Datasets

/// Where the files of one known data set are, as `mnist=FOLDER`.
struct DataFolder: ExpressibleByArgument {
  let dataset: KnownDataset
  let path: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let dataset = KnownDataset(rawValue: parts[0]) else { return nil }
    self.dataset = dataset
    path = parts[1]
  }
}
