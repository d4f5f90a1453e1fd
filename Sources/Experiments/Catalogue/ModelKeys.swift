extension ValueForm {
  static let model: ValueForm = .mapping(
    [
      .required(
        "kind",
        .choice([
          Choice("logistic-regression", nil, "one layer and a softmax"),
          Choice("linear-regression", nil, "one layer and squared errors"),
          Choice("linear-classifier", nil, "one classifier a class, with a loss of its own"),
          Choice("multilayer-perceptron", nil, "dense hidden layers"),
          Choice(
            "tempered-convolution", nil, "26,010 parameters on 28 x 28 (Papernot et al. 2021)"),
          Choice("layers", nil, "as listed; a linear layer and a softmax follow"),
        ]), "the model"),
      .optional(
        "loss",
        .choice([
          Choice("hinge", nil, "of support vector machines"),
          Choice("logistic", nil, "of one class against the others"),
        ]), "of the linear classifier"),
      .optional(
        "hidden_widths", .list(of: .wholeNumber(1...65536)), "of the perceptron's hidden layers"),
      .optional(
        "activation", .choice(activations),
        default: "relu in a perceptron, tanh in a tempered convolution", "between layers"),
      .optional("layers", .list(.choice(layers), 0...Int.max), "from the input"),
    ],
    [
      .goes(key: "loss", with: "kind", among: ["linear-classifier"], isNeeded: true),
      .goes(key: "hidden_widths", with: "kind", among: ["multilayer-perceptron"], isNeeded: true),
      .goes(
        key: "activation", with: "kind", among: ["multilayer-perceptron", "tempered-convolution"],
        isNeeded: false),
      .goes(key: "layers", with: "kind", among: ["layers"], isNeeded: true),
    ])

  private static let activations = [
    Choice("relu", nil, "max(0, x)"),
    Choice("tanh", nil, "the hyperbolic tangent"),
    Choice(
      "tempered_sigmoid",
      .mapping([
        .required("scale", .number(.floatFactor), "of the output"),
        .required("temperature", .number(.floatFactor), "of the input, as a factor"),
        .required("offset", .number(.floatOffset), "that is taken off the output"),
      ]), "scale / (1 + exp(-temperature x)) - offset (Papernot et al. 2021)"),
  ]

  private static let sizes: ValueForm = .wholeNumber(1...65536)

  private static let pool: ValueForm = .mapping([
    .required("size", sizes, "of the window"), .required("stride", sizes, "of the window"),
  ])

  private static let layers =
    [
      Choice("dense", sizes, "a dense layer of this width"),
      Choice(
        "convolution",
        .mapping([
          .required("filters", sizes, "channels of the output"),
          .required("kernel_size", sizes, "of the square kernel"),
          .required("stride", sizes, "of the kernel"),
          .required("padding", .wholeNumber(0...65536), "with zeros, on each side"),
        ]), "a convolution over an image"),
      Choice("max_pool", pool, "the largest value of each window"),
      Choice("average_pool", pool, "the mean of each window"),
      Choice("group_norm", .mapping([groups(upTo: 65536)]), "group normalization (Wu & He 2018)"),
      Choice("flatten", nil, "an image as one row"),
    ] + activations
}
