extension ValueForm {
  static func training(_ layout: ExperimentLayout) -> ValueForm {
    let first: [FileKey] = [
      .required("rounds", .wholeNumber(1...1_000_000), "rounds of training"),
      .required("sampling", .choice(samplings(layout)), "who takes part in a round"),
    ]
    switch layout {
    case .clients:
      return .mapping(
        first + local + [
          serverRate,
          .required(
            "server_momentum", .number(.momentum),
            "momentum of the server's step; without an optimizer"),
        ] + common + links, [.exactlyOne(["server_momentum", "optimizer"])])
    case .silos:
      return .mapping(
        first + [
          .required(
            "local_steps", .wholeNumber(1...10_000), "private steps of a silo in each round"),
          .required("learning_rate", .number(.positive), "of a silo's steps"), serverRate,
          .optional(
            "weighting",
            .choice([
              Choice("uniform", nil, "every silo alike"),
              Choice("declared-size", nil, "by the examples that a silo declares"),
            ]), default: "uniform", "what a silo counts for in the mean"),
        ] + common)
    case .examples, .nextWords, .wordList:
      return .mapping(
        first + [.required("learning_rate", .number(.positive), "of every step")] + common)
    }
  }

  private static let serverRate: FileKey = .required(
    "server_learning_rate", .number(.positive), "of the server's step along the mean update")

  private static func samplings(_ layout: ExperimentLayout) -> [Choice] {
    let rate = Choice("poisson_rate", .number(.rate), "each by itself, with this probability")
    let fixed = Choice(
      "cohort_size", .wholeNumber(1...Int.max),
      "so many, without replacement; with replace-one neighbors under noise")
    let everyone = Choice("everyone", nil, "all, every round")
    return switch layout {
    case .clients:
      [
        rate, fixed, everyone,
        Choice("in_turn", nil, "one client after another, in a fixed order"),
      ]
    case .silos: [rate, everyone]
    case .examples, .nextWords, .wordList:
      [
        Choice(
          "expected_batch_size", .number(.positive),
          "a Poisson sample of so many examples on average"),
        rate, fixed, everyone,
      ]
    }
  }

  private static let local: [FileKey] = [
    .required(
      "local_epochs", .wholeNumber(1...10_000), "passes of a client over its examples in a round"),
    .required("batch_size", .wholeNumber(1...65536), "examples of a client's step"),
    .required("local_learning_rate", .number(.positive), "of a client's steps"),
    .optional(
      "local_l2", .number(.notNegative), default: "0",
      "an L2 penalty on weights in every local step"),
    .optional(
      "proximal", .number(.notNegative), default: "0",
      "holds a client's model near the one it was sent: FedProx (Li et al. 2020)"),
    .optional(
      "control_variates",
      .either([
        .flag,
        .choice([
          Choice("scale", .number(.floatFactor), "of the variates in the clipped contribution")
        ]),
      ]), default: "false", "SCAFFOLD (Karimireddy et al. 2020)"),
    .optional(
      "weighting",
      .choice([
        Choice("uniform", nil, "every client alike"),
        Choice(
          "by_examples",
          .mapping([
            .required(
              "cap", .wholeNumber(1...1_000_000_000), "the most examples that count: public"),
            .required(
              "expected", .number(.positive), "the mean number that is divided by: public"),
          ]), "a client with n examples counts min(n, cap) / cap"),
      ]), default: "uniform", "what a client counts for in the mean"),
  ]

  private static let common: [FileKey] = [
    .optional("optimizer", .choice(optimizers), default: "sgd", "the step along the mean update"),
    .optional(
      "schedule",
      .choice([
        Choice("constant", nil, "the rate as it is"),
        Choice(
          "step",
          .mapping([
            .required("every", .wholeNumber(1...1_000_000), "rounds"),
            .required("factor", .number(.positive), "by which the rate changes"),
          ]), "a factor every so many rounds"),
        Choice("exponential", .number(.positive), "this factor every round"),
        Choice("cosine", .number(.fraction), "half a cosine down to this fraction of the rate"),
        Choice("inverse_square_root", nil, "the rate over the root of the round"),
      ]), default: "constant", "how the learning rate goes with the rounds"),
    .optional(
      "warmup_rounds", .wholeNumber(0...1_000_000), default: "0",
      "rounds over which the rate grows from 0"),
    .optional(
      "weight_decay", .number(.notNegative), default: "0", "decoupled from the gradient"),
    .optional(
      "averaging",
      .choice([
        Choice("none", nil, "the last model"),
        Choice("exponential", .number(.momentum), "a moving average with this decay"),
        Choice(
          "exponential_warm_up", .number(.momentum),
          "the same, whose decay grows to this one over the first rounds"),
        Choice("tail_from", .wholeNumber(1...1_000_000), "the mean of the models from this round"),
      ]), default: "none", "the model that is measured"),
  ]

  private static let optimizers = [
    Choice("sgd", nil, "plain steps"),
    Choice("momentum", .number(.momentum), "heavy-ball momentum"),
    Choice("nesterov", .number(.openUnit), "Nesterov's momentum"),
    Choice(
      "adam",
      .mapping([
        beta1, beta2,
        .required("epsilon", .number(.floatFactor), "beside the root; no privacy loss"),
      ]), "Kingma & Ba 2015"),
    Choice("fed_adagrad", .mapping([beta1, adaptivity]), "Reddi et al. 2021"),
    Choice("fed_adam", .mapping([beta1, beta2, adaptivity]), "Reddi et al. 2021"),
    Choice("fed_yogi", .mapping([beta1, beta2, adaptivity]), "Reddi et al. 2021"),
  ]

  private static let beta1: FileKey = .required("beta1", .number(.momentum), "decay of the mean")
  private static let beta2: FileKey = .required(
    "beta2", .number(.momentum), "decay of the mean square")
  private static let adaptivity: FileKey = .required(
    "adaptivity", .number(.floatFactor), "beside the root: the smaller, the more adaptive")
}
