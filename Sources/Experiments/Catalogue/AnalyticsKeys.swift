extension ValueForm {
  static let corpus: ValueForm = .mapping([
    .required(
      "name", .choice([Choice("shakespeare-words", nil, "what the speakers of the plays say")]),
      "whose text"),
    .required(
      "held_out", .number(.openUnit),
      "the share of people whose text is public, to measure on"),
  ])

  static func analytics(_ layout: ExperimentLayout) -> ValueForm {
    let pairs: FileKey = .required(
      "pairs_per_user", .wholeNumber(1...524_288), "pairs of a word and the next, at most")
    return .mapping(
      [
        .required(
          "kind",
          .choice([
            Choice("next-words", nil, "pairs of a word and the next, to suggest words by"),
            Choice("word-list", nil, "words, to know them"),
          ]), "what is asked")
      ] + (layout == .nextWords ? [pairs] : []) + [
        .required("words_per_user", .wholeNumber(1...524_288), "words of one person, at most"),
        .optional(
          "weights",
          .choice([
            Choice("one", nil, "counts are numbers of people"),
            Choice("unit-norm", nil, "people with fewer words count more (Gopi et al. 2020)"),
          ]), default: "one", "what a word of a person counts"),
        .optional(
          "choose",
          .choice([
            Choice("at-random", nil, "any, equally likely"),
            Choice("most-frequent", nil, "those that a person uses most"),
          ]), default: "at-random", "which words of a person count, if there are too many"),
      ])
  }

  static func recall(_ layout: ExperimentLayout) -> ValueForm {
    .mapping([
      .required(
        "recall_at", .among(layout == .wordList ? [10, 30, 100, 300, 1000] : [1, 3, 5, 10]),
        "the rank within which an answer counts as accurate"), tunedOn,
    ])
  }

  static let evaluation: ValueForm = .mapping([
    .required(
      "split",
      .choice([
        Choice("test", nil, "the test examples"),
        Choice("validation", nil, "training examples that are kept apart"),
      ]), "what a model is measured on"),
    .required(
      "every", .wholeNumber(1...1_000_000),
      "rounds between measurements; the last round is always measured"), tunedOn,
  ])

  private static let tunedOn: FileKey = .required(
    "tuned_on",
    .choice([
      Choice("nothing", nil, "fixed beforehand"), Choice("validation", nil, "held-out examples"),
      Choice("test", nil, "the test examples: accuracies are too good"),
    ]), "what this file's settings were chosen on; it is printed, and not charged")

  static let tuning: ValueForm = .mapping([
    .required(
      "repetitions",
      .choice([
        Choice(
          "truncated_negative_binomial",
          .mapping([
            .required("shape", .number(.repetitionShape), "0 is the logarithmic law"),
            .required("mean", .number(.repetitionMean), "number of runs, on average"),
          ]), "at least one run (Papernot & Steinke 2022)"),
        Choice(
          "poisson",
          .mapping([.required("mean", .number(.upTo(1000)), "number of runs, on average")]),
          "perhaps no run, and so no choice"),
      ]), "the law of the number of runs"),
    .required(
      "score_noise_multiplier", .number(.noiseMultiplier),
      "standard deviation of the noise on the number of right answers"),
  ])
}
