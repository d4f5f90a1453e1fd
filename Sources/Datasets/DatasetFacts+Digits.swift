extension DatasetFacts {
  /// The test part of the original, whose 13 writers are not told apart.
  static let digits = DatasetFacts(
    title: "Handwritten digits of 8 x 8 pixels",
    source: "Alpaydin, Kaynak: Cascading classifiers, Kybernetika 34 (1998); "
      + "UCI Machine Learning Repository, https://doi.org/10.24432/C50P49",
    license: "CC BY 4.0, E. Alpaydin and C. Kaynak", shape: .image(height: 8, width: 8),
    classCount: 10, trainingExampleCount: 1_198, testExampleCount: 599,
    files: DatasetFiles(all: [
      DatasetFile(
        name: "digits.csv", content: .text(byteCount: 264_712),
        sha256: "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8")
    ]),
    origin: .wheel(.scikitLearn))
}

/// The file of the digits.
enum DigitsTable {
  static func schema() throws(DatasetError) -> TableSchema {
    try TableSchema(
      columns: (0..<64).map { TableColumn("pixel \($0)", .number(0...16)) }
        + [TableColumn("digit", .label(NamedValues((0..<10).map { "\($0)" })))],
      dialect: TableDialect(hasHeader: false))
  }
}
