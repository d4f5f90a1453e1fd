extension ValueForm {
  /// Where training is audited.
  static let audit: ValueForm = .mapping([
    .required(
      "canaries", .wholeNumber(1...1_000_000),
      "units that are there to be found, each under a fair coin"),
    .required(
      "guesses", .wholeNumber(1...1_000_000),
      "coins that are guessed, half of them in and half out; at most the canaries"),
    .optional(
      "confidence", .number(.openUnit), default: "0.95", "of the lower bound on epsilon"),
    .optional(
      "canary",
      .choice([
        Choice(
          "gradient", nil,
          "an update of the clipping norm in one parameter; guessed from all releases (Nasr et al. 2023)"
        ),
        Choice(
          "direction", nil,
          "an update of the clipping norm in a random direction; guessed from all releases"),
        Choice(
          "mislabeled", nil,
          "held-out examples with wrong labels; guessed from the final model's losses"),
      ]), default: "gradient", "what a canary is"),
    .optional(
      "one_shot", .flag, default: "false",
      "estimates epsilon as well, of canaries in random directions (Andrew et al. 2024): no bound"),
  ])
}
