extension ValueForm {
  /// Of `training`, where clients are protected.
  static let links: [FileKey] = [
    .optional(
      "compression",
      .choice([
        Choice("none", nil, "32 bits a parameter"),
        Choice("decimals", .wholeNumber(0...9), "rounded to so many decimals"),
        Choice("uniform_bits", .wholeNumber(1...16), "rounded to a grid of so many bits"),
        Choice(
          "stochastic_bits", .wholeNumber(2...16),
          "rounded at random, without bias, to so many bits"),
        Choice("top_k", .number(.rate), "the largest, this fraction of them"),
        Choice("random_k", .number(.rate), "this fraction, at random"),
        Choice("unbiased_random_k", .number(.rate), "the same, scaled up"),
      ]), default: "none", "how an update is encoded, before it is clipped"),
    .optional(
      "error_feedback", .flag, default: "false",
      "whether what was left out is kept for a client's next update"),
    .optional(
      "participation",
      .mapping([
        .optional(
          "availability",
          .choice([
            Choice("always", nil, "every device, every round"),
            Choice("probability", .number(.rate), "of every device, every round"),
            Choice(
              "diurnal",
              .mapping([
                .required("period", .wholeNumber(1...1_000_000), "rounds of a day"),
                .required("lowest", .number(.fraction), "probability, at night"),
                .required("highest", .number(.rate), "probability, by day"),
                .optional(
                  "spread", .number(.fraction), default: "1",
                  "of the devices' nights over the day"),
              ]), "probabilities that go with the hour"),
          ]), default: "always", "which devices can be asked"),
        .optional(
          "drop_out", .number(.momentum), default: "0",
          "probability that a device that was asked does not report"),
        .optional(
          "stragglers",
          .mapping([
            .required("fraction", .number(.fraction), "of devices that are slow"),
            .required("work", .number(.momentum), "the share of its steps that a slow one does"),
          ]), default: "none", "devices that do not finish"),
        .optional(
          "over_selection", .number(.overSelection), default: "1",
          "so many times the cohort are asked, and the first reports count; with cohort_size"),
        .optional(
          "minimum",
          .mapping([
            .required("devices", .wholeNumber(1...1_000_000_000), "reports that a round needs"),
            .optional(
              "count_standard_deviation", .number(.positive),
              "of the noise on the number of reports; under add-or-remove-one"),
          ]), default: "none", "a round with fewer reports is skipped, and charged"),
      ]), default: "all report", "devices that are away, drop out or are slow"),
  ]
}
