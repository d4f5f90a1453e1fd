/// The kinds of experiment files, which differ in their sections or in the keys of these.
enum ExperimentLayout: String, CaseIterable, Sendable {
  /// `privacy.unit` is client.
  case clients
  /// `privacy.unit` is example, and all examples lie in one place.
  case examples
  /// `privacy.unit` is example, and the examples lie with several silos.
  case silos
  /// `analytics.kind` is next-words.
  case nextWords = "next-words"
  /// `analytics.kind` is word-list.
  case wordList = "word-list"

  /// Besides the keys of every file.
  var sections: [FileKey] {
    switch self {
    case .clients, .examples, .silos:
      [
        .required("dataset", .dataset(self), "what data, and who holds them"),
        .required("model", .model, "what is learned"),
        .required("training", .training(self), "how a run goes"),
        .required("evaluation", .evaluation, "when and on what a model is measured"),
        .required("privacy", .privacy, "what is protected, and how"),
      ]
        + (self == .silos
          ? [] : [.optional("audit", .audit, "tests the guarantee in the run itself")])
    case .nextWords, .wordList:
      [
        .required("dataset", .corpus, "whose text"),
        .required("analytics", .analytics(self), "what is asked"),
        .required("evaluation", .recall(self), "at which rank an answer is right"),
        .required("privacy", .release, "what is protected, and how"),
      ]
    }
  }

  static let sectionNames = [
    "dataset", "model", "training", "analytics", "evaluation", "privacy", "audit",
  ]

  /// Of every file, before its sections.
  static let header: [FileKey] = [
    .required("schema", .among([Experiment.schema]), "the version of the file's format"),
    .required(
      "name", .text(pattern: "[a-z0-9]+(-[a-z0-9]+)*"),
      "lower-case words joined by hyphens; results go to results/<name>"),
    .required("question", .text, "what the experiment asks, in a sentence"),
    .required(
      "seed", .wholeNumber(0...Int.max),
      "all randomness hangs from it; experiments that are published need seeds of their own"),
    .required(
      "replicates", .wholeNumber(1...100_000),
      "runs of every setting, which differ in their randomness"),
    .optional(
      "first_replicate", .wholeNumber(0...1_000_000_000), default: "0",
      "the number of the first of them"),
  ]

  /// Of every file, after its sections; their forms are made from those of all other keys.
  static let sweep = (
    name: "sweep",
    summary: "the settings that are compared: axes of values, whose product is run"
  )
  static let smoke = (
    name: "smoke",
    summary: "what --smoke changes, by dotted path, so that a run finishes in seconds"
  )
  static let tuning: FileKey = .optional(
    "tuning", .tuning, "makes the choice of a setting private, and part of the guarantee")
}
