extension DatasetFacts {
  static let breastCancer = DatasetFacts(
    title: "Breast cancer Wisconsin (diagnostic): malignant (0) or benign (1)",
    source: "Street, Wolberg, Mangasarian: Nuclear feature extraction for breast tumor diagnosis, "
      + "SPIE 1905 (1993); UCI Machine Learning Repository, https://doi.org/10.24432/C5DW2B",
    license: "CC BY 4.0, William Wolberg, Olvi Mangasarian, Nick Street and W. Street",
    shape: .features(30), classCount: 2, trainingExampleCount: 380, testExampleCount: 189,
    files: DatasetFiles(all: [
      DatasetFile(
        name: "breast_cancer.csv", content: .text(byteCount: 119_913),
        sha256: "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed")
    ]),
    origin: .wheel(.scikitLearn))
}

/// The file of the breast cancer data.
enum BreastCancerTable {
  static func schema() throws(DatasetError) -> TableSchema {
    try TableSchema(
      columns: zip(names, bounds).map { TableColumn($0, .number($1)) }
        + [TableColumn("diagnosis", .label(["0", "1"]))],
      dialect: TableDialect(hasHeader: false, skippedLines: 1))
  }

  private static let names = ["mean", "error", "worst"].flatMap { statistic in
    [
      "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity",
      "concave points", "symmetry", "fractal dimension",
    ].map { "\(statistic) \($0)" }
  }

  /// The ranges of the published description, rounded outwards.
  private static let bounds: [ClosedRange<Double>] = [
    5...30, 5...40, 40...200, 100...2600, 0.05...0.17, 0...0.35, 0...0.45, 0...0.21, 0.1...0.31,
    0.04...0.1,
    0...3, 0...5, 0...25, 0...550, 0...0.035, 0...0.14, 0...0.4, 0...0.06, 0...0.08, 0...0.03,
    5...40, 10...50, 50...260, 150...4300, 0.07...0.23, 0...1.1, 0...1.3, 0...0.3, 0.15...0.67,
    0.05...0.21,
  ]
}

extension Wheel {
  static let scikitLearn = Wheel(
    package: "scikit-learn", version: "1.9.1", folder: "sklearn/datasets/data")
}
