extension ValueForm {
  /// Where a model is trained.
  static let privacy: ValueForm = .mapping(
    [
      .required(
        "unit",
        .choice([
          Choice("client", nil, "all of a client's examples together"),
          Choice("example", nil, "every example by itself"),
        ]), "what is protected"),
      .required(
        "neighboring_relation",
        .choice([
          addOrRemoveOne, zeroOut,
          Choice("replace-one", nil, "a unit's data are others; for cohorts of fixed size"),
        ]), "what an attacker tries to tell apart"), delta, accountant,
      .required(
        "clipping_norm", .number(.clippingNorm), "the most that a contribution's L2 norm may be"),
      .optional(
        "clipping",
        .choice([
          Choice("flat", nil, "a longer contribution is scaled down"),
          Choice("per-layer", nil, "each layer has its share of the norm"),
          Choice(
            "automatic", .number(.positive),
            "every contribution is scaled to the norm, but for this stability (Bu et al. 2023)"),
          Choice(
            "quantile",
            .mapping([
              .required("target", .number(.fraction), "the quantile of norms that is followed"),
              .required("learning_rate", .number(.positive), "of the clipping norm's logarithm"),
              .required(
                "count_standard_deviation", .number(.positive),
                "of the noise on the number of unclipped contributions"),
            ]), "the norm follows a quantile, from clipping_norm on (Andrew et al. 2021)"),
        ]), default: "flat", "how a contribution is brought within the norm"),
      .optional(
        "mechanism",
        .choice([
          Choice("gaussian", nil, "whoever sums adds the noise"),
          Choice(
            "discrete-gaussian", nil,
            "the hardened release, for real data: whoever sums adds exact noise on integers, from the "
              + "system's entropy"),
          Choice(
            "discrete_gaussian",
            .mapping([
              .optional(
                "entropy",
                .choice([
                  Choice("system", nil, "the run's own, kept nowhere"),
                  Choice("seed", nil, "reproducible, so not secret"),
                ]), default: "system", "where noise, cohorts and batches come from")
            ]), "the same, with its entropy named"),
          Choice("local-gaussian", nil, "every client noises its own update"),
          Choice(
            "distributed_discrete_gaussian", distributed,
            "clients add shares of the noise, on integers (Kairouz et al. 2021)"),
          Choice(
            "distributed_skellam", distributed,
            "clients add shares of the noise, on integers (Agarwal et al. 2021)"),
        ]), default: "gaussian", "who adds the noise"),
      .required("noise", .choice([noNoise, multiplier, targetEpsilon]), "how much noise"),
      .optional(
        "gaussian_sampler",
        .choice([
          Choice("gsl", nil, "GSL's polar method"),
          Choice("bulk", nil, "a vectorized fill of the same streams"),
        ]), default: "gsl for clients, bulk for examples", "how Gaussian noise is drawn"),
    ])

  /// Where words are counted.
  static let release: ValueForm = .mapping([
    .required(
      "unit", .choice([Choice("client", nil, "all that a person wrote")]), "what is protected"),
    .required(
      "neighboring_relation", .choice([addOrRemoveOne, zeroOut]),
      "what an attacker tries to tell apart"), delta, accountant,
    .optional(
      "threshold_share", .number(.openUnit), default: "0.5",
      "the share of delta that the threshold may fail with"),
    .required(
      "noise",
      .choice([
        noNoise,
        Choice("bounds-only", nil, "people's contributions are bounded, and nothing is noised"),
        multiplier, targetEpsilon,
      ]), "how much noise"),
  ])

  private static let addOrRemoveOne = Choice(
    "add-or-remove-one", nil, "whether a unit takes part at all")
  private static let zeroOut = Choice(
    "zero-out", nil, "whether a unit's data are there or empty")

  private static let delta: FileKey = .required(
    "delta", .number(.openUnit), "the delta that every epsilon is at")

  private static let accountant: FileKey = .optional(
    "accountant",
    .choice([
      Choice("pld", nil, "privacy loss distributions: the tightest"),
      Choice("rdp", nil, "Renyi differential privacy"),
      Choice("gaussian-dp", nil, "Gaussian differential privacy; full participation only"),
      Choice("zcdp", nil, "zero-concentrated differential privacy; full participation only"),
      Choice("pure-dp", nil, "sums of pure epsilons; no Gaussian noise"),
      Choice("optimal-composition", nil, "of pure epsilons; no Gaussian noise"),
    ]), default: "pld", "whose theorem the epsilons are by")

  private static let noNoise = Choice("none", nil, "neither clipping nor noise: no privacy")
  private static let multiplier = Choice(
    "multiplier", .number(.noiseMultiplier), "standard deviation over the clipping norm")
  private static let targetEpsilon = Choice(
    "target_epsilon", .number(.positive), "the least noise that keeps epsilon within this")

  private static let distributed: ValueForm = .mapping(
    [
      .required("bits", .wholeNumber(2...32), "of the integers that are summed"),
      .required(
        "noise_contributors", .wholeNumber(1...1_000_000),
        "the least number of clients that add noise in a round: public"),
      .optional(
        "granularity", .number(.granularity), default: "as fine as the bits allow",
        "a step of the grid, over the clipping norm"),
      .optional(
        "headroom", .number(.positive), default: "4",
        "standard deviations of the sum that the integers have room for"),
      .optional(
        "rotation",
        .choice([
          Choice("hadamard", nil, "spreads a contribution over all coordinates"),
          Choice("none", nil, "as it is"),
        ]), default: "hadamard", "before rounding"),
      .optional(
        "redraw_probability", .number(.momentum), default: "exp(-1/2)",
        "of a rounding that is too long; 0 never draws again"),
    ], [.atMostOne(["granularity", "headroom"])])
}
