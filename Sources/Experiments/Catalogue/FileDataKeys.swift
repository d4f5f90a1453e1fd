extension ValueForm {
  /// The value of `dataset.csv`.
  static let table: ValueForm = .mapping(
    files(of: .text) + [
      .required("columns", .named(column), "what each column, or run of columns, holds"),
      .optional(
        "missing_marks", .list(.scalar, 0...Int.max), default: "[\"\"]",
        "texts that stand for no value"),
      .optional(
        "shape", .shape, default: "the features in a row",
        "features, or rows and columns, and channels, of an example"),
      .optional("delimiter", .text(pattern: "[\\s\\S]"), default: "\",\"", "between fields"),
      .optional("header", .flag, default: "true", "whether the first line names the columns"),
      .optional(
        "skipped_lines", .wholeNumber(0...1_000_000), default: "0", "before the header or the rows"),
      .optional("trim_spaces", .flag, default: "false", "around fields"),
    ])

  /// The value of `dataset.npz`.
  static let arrays: ValueForm = .mapping(
    files(of: .either([.text, arrayFiles])) + schemaKeys,
    [
      .inside(inner: "training", key: "users", goesWith: "users")
    ])

  /// The value of `dataset.leaf`.
  static let leaf: ValueForm = .mapping(files(of: .text) + schemaKeys)

  private static func files(of form: ValueForm) -> [FileKey] {
    [
      .required("training", form, "the file of training examples"),
      .optional(
        "test", testForm(form), default: "the end of the training file",
        "the file of test examples"),
      .required(
        "training_examples", .wholeNumber(1...1_000_000_000),
        "how many there are: declared, and public"),
      .required(
        "test_examples", .wholeNumber(1...1_000_000_000), "how many there are: declared, and public"
      ),
    ]
  }

  private static func testForm(_ form: ValueForm) -> ValueForm {
    if case .either = form { .either([.text, .mapping(arrayKeys)]) } else { form }
  }

  private static let arrayKeys: [FileKey] = [
    .optional("archive", .text, default: "none: the others are files", "an archive of arrays"),
    .required("features", .text, "the array of features, in the archive or a file"),
    .required("labels", .text, "the array of labels, in the archive or a file"),
  ]

  private static let arrayFiles: ValueForm = .mapping(
    arrayKeys + [
      .optional("users", .text, "the array that says whose an example is; where users are declared")
    ])

  private static let schemaKeys: [FileKey] = [
    .required("shape", .shape, "features, or rows and columns, and channels, of an example"),
    .required("classes", .wholeNumber(2...256), "how many classes there are"),
    .optional(
      "users", .wholeNumber(1...Int(Int32.max)),
      "how many people the examples belong to: declared, and public"),
    .optional(
      "bounds", .bounds, default: "values are used as they are",
      "values are clipped to these, and scaled to 0 ... 1"),
  ]

  private static let shape: ValueForm = .list(.wholeNumber(1...65536), 1...3)

  private static let bounds: ValueForm = .list(.number(.finite), 2...2)

  private static let values: ValueForm = .list(of: .either([.scalar, .list(of: .scalar)]))

  private static let column: ValueForm = .either([
    .choice([Choice("ignored", nil, "is not read")]),
    .mapping(
      [
        .required("number", .bounds, "two declared bounds, to which values are clipped"),
        .required("category", values, "the values it may have; those in a list mean the same"),
        .required("label", values, "the classes; texts in a list mean the same"),
        .required("user", .wholeNumber(1...Int(Int32.max)), "whose row it is, of so many people"),
        .optional(
          "missing",
          .either([
            .scalar,
            .mapping([
              .required("value", .scalar, "what stands in"),
              .optional("indicator", .flag, default: "false", "a feature that says so"),
            ]),
          ]), default: "a missing value is an error", "what stands in for a missing value"),
      ], [.exactlyOne(["number", "category", "label", "user"])]),
  ])
}
