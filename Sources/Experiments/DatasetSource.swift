public import Datasets
public import Features
internal import LinearAlgebra
internal import Models
internal import Randomness

/// Where the examples of an experiment come from.
public enum DatasetSource: Hashable, Sendable {
  case known(KnownDataset)
  /// Files of the user's own.
  case files(FileSettings)
  /// Features of another source's examples.
  indirect case features(FeatureExtraction, of: DatasetSource)
}

extension DatasetSource {
  /// For a person.
  var name: String {
    switch self {
    case .known(let dataset): dataset.rawValue
    case .files(let files): files.format.rawValue
    case .features(_, let source): source.name
    }
  }

  var exampleShape: ExampleShape {
    switch self {
    case .known(let dataset): dataset.exampleShape
    case .files(let files): files.shape
    case .features(let extraction, _): extraction.outputShape
    }
  }

  /// Of one example, for models.
  var shape: Shape { Shape(exampleShape) }

  var classCount: Int {
    switch self {
    case .known(let dataset): dataset.classCount
    case .files(let files): files.dataset.classCount
    case .features(_, let source): source.classCount
    }
  }

  /// How many people, sites or devices the training examples belong to; 0 where the data do not say.
  var ownerCount: Int {
    switch self {
    case .known(let dataset): dataset.ownerCount
    case .files(let files): files.dataset.ownerCount
    case .features(_, let source): source.ownerCount
    }
  }

  /// Empty where the data are not of several sites whose sizes are public.
  var sites: [Site] {
    switch self {
    case .known(let dataset): dataset.sites
    case .files: []
    case .features(_, let source): source.sites
    }
  }

  /// A public constant, which the data must bear out.
  var trainingExampleCount: Int {
    switch self {
    case .known(let dataset): dataset.trainingExampleCount
    case .files(let files): files.dataset.trainingExampleCount
    case .features(_, let source): source.trainingExampleCount
    }
  }

  /// A public constant, which the data must bear out.
  var testExampleCount: Int {
    switch self {
    case .known(let dataset): dataset.testExampleCount
    case .files(let files): files.dataset.testExampleCount
    case .features(_, let source): source.testExampleCount
    }
  }

  /// Of the files: published, or `read` from a user's own.
  func fingerprint(read: (FileDataset) throws -> String) rethrows -> String {
    switch self {
    case .known(let dataset): dataset.files.fingerprint
    case .files(let files): try read(files.dataset)
    case .features(_, let source): try source.fingerprint(read: read)
    }
  }

  /// Reads the examples.
  ///
  /// - Parameters:
  ///   - folder: where the files of a known data set are, nil where they are installed.
  ///   - filesFolder: where relative paths of the user's own files begin.
  ///   - workers: to compute features, which they do not change.
  func load(
    folder: String?, filesFolder: String, seed: UInt64, workers: Workers
  ) throws -> LabeledDataset {
    switch self {
    case .known(let dataset): try dataset.load(folder: folder)
    case .files(let files):
      // Branch 0 is of the examples that are held out to tune on.
      try files.dataset.load(
        from: filesFolder, key: StreamKey(seed: seed).child(.validationSplit, 1))
    case .features(let extraction, let source):
      try extraction.extract(
        from: source.load(
          folder: folder, filesFolder: filesFolder, seed: seed, workers: workers),
        cache: .standard, workers: workers)
    }
  }
}

/// Files of the user's own, as an experiment declares them.
public struct FileSettings: Hashable, Sendable {
  enum Format: String, Sendable {
    case csv
    case npz
    case leaf
  }

  let dataset: FileDataset
  /// Of one example, for models.
  let shape: ExampleShape
  /// Of a table, as the experiment names them.
  let columns: [ColumnSettings]

  var format: Format {
    switch dataset.training {
    case .table: .csv
    case .arrays: .npz
    case .leaf: .leaf
    }
  }
}

/// A column, or a run of columns of the same kind.
struct ColumnSettings: Hashable, Sendable {
  /// A name, or two names that end in numbers, such as `pixel0..pixel783`: these, and all between.
  let name: String
  let role: TableColumn.Role

  /// So that a slip in a number is no endless list.
  private static let mostColumns = 65536

  /// nil where `name` is a run that has no end, or too many columns.
  var columns: [TableColumn]? {
    guard let run = name.wholeMatch(of: /(.*?)([0-9]+)\.\.(.*?)([0-9]+)/), run.1 == run.3 else {
      return [TableColumn(name, role)]
    }
    guard let first = Int(run.2), let last = Int(run.4), first <= last,
      last - first < Self.mostColumns
    else { return nil }
    // 00..63 is written with two digits throughout.
    let digits = run.2.first == "0" ? run.2.count : 0
    return (first...last).map { number in
      let text = String(number)
      let zeros = String(repeating: "0", count: max(0, digits - text.count))
      return TableColumn("\(run.1)\(zeros)\(text)", role)
    }
  }
}
