internal import Datasets
internal import LinearAlgebra
internal import Models

extension ModelSettings {
  init(_ reader: SettingsReader, dataset: DatasetSource) throws(ExperimentError) {
    try reader.expectOnly(["kind", "loss", "hidden_widths", "activation", "layers"])
    let kind: Kind = try reader.choice("kind")
    for (key, takers) in Self.takers where reader.contains(key) && !takers.contains(kind) {
      throw reader.problem(
        .inconsistent(reason: "\(kind.reasonAgainstKeys); remove this key"), at: key)
    }
    // Where to point when the layers do not fit, and each layer's line.
    var key = "kind"
    var lines: [Int?] = []
    switch kind {
    case .logisticRegression: form = .logisticRegression
    case .linearRegression: form = .linearRegression
    case .linearClassifier:
      form = .linearClassifier(try reader.choice("loss"))
    case .multilayerPerceptron:
      let widths = try reader.integers("hidden_widths", in: 1...65536)
      guard !widths.isEmpty else {
        throw reader.problem(
          .inconsistent(reason: "a perceptron needs a hidden layer; or use logistic-regression"),
          at: "hidden_widths")
      }
      key = "hidden_widths"
      form = .multilayerPerceptron(
        hiddenWidths: widths,
        activation: try Activation(reader, at: "activation") ?? .ofPerceptrons)
    case .temperedConvolution:
      form = .temperedConvolution(
        activation: try Activation(reader, at: "activation") ?? .ofTemperedConvolutions)
    case .layers:
      key = "layers"
      var kinds: [LayerKind] = []
      for entry in try reader.variants("layers") {
        kinds.append(try LayerKind(entry, of: reader))
        lines.append(entry.line)
      }
      form = .layers(kinds)
    }
    do {
      try architecture.validate(input: dataset.shape, classCount: dataset.classCount)
    } catch {
      let line = error.layer <= lines.count ? lines[error.layer - 1] : nil
      throw reader.problem(.inconsistent(reason: error.description), at: key, line: line)
    }
  }

  /// Which kinds of model take a key besides `kind`.
  private static let takers: [(key: String, kinds: [Kind])] = [
    ("loss", [.linearClassifier]), ("hidden_widths", [.multilayerPerceptron]),
    ("activation", [.multilayerPerceptron, .temperedConvolution]), ("layers", [.layers]),
  ]
}

extension ModelSettings.Kind {
  fileprivate var reasonAgainstKeys: String {
    switch self {
    case .logisticRegression: "logistic regression has one layer and its own loss"
    case .linearRegression: "linear regression has one layer and its own loss"
    case .linearClassifier: "a linear classifier has one layer and a loss"
    case .multilayerPerceptron: "a perceptron has hidden_widths and an activation"
    case .temperedConvolution: "the layers of this model are fixed, but for its activation"
    case .layers: "the layers say it all"
    }
  }
}

extension Shape {
  init(_ shape: ExampleShape) {
    self.init(height: shape.height, width: shape.width, channels: shape.channels)
  }
}

extension Activation {
  fileprivate static let choices = [
    "relu", "tanh", "{tempered_sigmoid: {scale: 2, temperature: 2, offset: 1}}",
  ]

  /// nil where the key is left out.
  fileprivate init?(_ reader: SettingsReader, at key: String) throws(ExperimentError) {
    guard reader.contains(key) else { return nil }
    let variant = try reader.variant(key)
    guard let activation = try Activation(variant) else {
      throw reader.unknownChoice(variant.name, choices: Self.choices, at: key)
    }
    self = activation
  }

  /// nil for what is no activation.
  fileprivate init?(_ variant: Variant) throws(ExperimentError) {
    switch variant {
    case .name("relu"): self = .relu
    case .name("tanh"): self = .tanh
    case .keyed("tempered_sigmoid", let settings):
      let sigmoid = try settings.reader("tempered_sigmoid")
      try sigmoid.expectOnly(["scale", "temperature", "offset"])
      self = .temperedSigmoid(
        TemperedSigmoid(
          scale: Float(try sigmoid.number("scale", in: .floatFactor)),
          temperature: Float(try sigmoid.number("temperature", in: .floatFactor)),
          offset: Float(try sigmoid.number("offset", in: .floatOffset))))
    default: return nil
    }
  }
}

extension LayerKind {
  private static let choices =
    [
      "{dense: 32}", "{convolution: {filters: 16, kernel_size: 8, stride: 2, padding: 2}}",
      "{max_pool: {size: 2, stride: 1}}", "{average_pool: {size: 2, stride: 1}}",
      "{group_norm: {groups: 4}}", "flatten",
    ] + Activation.choices

  private static let batchNormalizations = ["batch_norm", "batch_normalization"]

  fileprivate init(
    _ entry: (variant: Variant, line: Int?), of list: SettingsReader
  ) throws(ExperimentError) {
    switch entry.variant {
    case .name("flatten"): self = .flatten
    case .keyed("dense", let settings):
      self = .dense(outputWidth: try settings.integer("dense", in: Self.sizes))
    case .keyed("convolution", let settings):
      let layer = try settings.reader("convolution")
      try layer.expectOnly(["filters", "kernel_size", "stride", "padding"])
      self = .convolution(
        filters: try layer.integer("filters", in: Self.sizes),
        kernelSize: try layer.integer("kernel_size", in: Self.sizes),
        stride: try layer.integer("stride", in: Self.sizes),
        padding: try layer.integer("padding", in: 0...65536))
    case .keyed("max_pool", let settings):
      let (size, stride) = try Self.pool(try settings.reader("max_pool"))
      self = .maxPool(size: size, stride: stride)
    case .keyed("average_pool", let settings):
      let (size, stride) = try Self.pool(try settings.reader("average_pool"))
      self = .averagePool(size: size, stride: stride)
    case .keyed("group_norm", let settings):
      let layer = try settings.reader("group_norm")
      try layer.expectOnly(["groups"])
      self = .groupNorm(groups: try layer.integer("groups", in: Self.sizes))
    case let other where Self.batchNormalizations.contains(other.name):
      throw list.problem(
        .inconsistent(
          reason:
            "batch normalization mixes the examples of a batch, so that no example's gradient "
            + "has a bound of its own; use {group_norm: {groups: 4}}"),
        at: "layers", line: entry.line)
    case let other:
      guard let activation = try Activation(other) else {
        throw list.unknownChoice(
          other.name, choices: Self.choices, at: "layers", line: entry.line)
      }
      self = .activation(activation)
    }
  }

  private static let sizes = 1...65536

  private static func pool(
    _ layer: SettingsReader
  ) throws(ExperimentError) -> (size: Int, stride: Int) {
    try layer.expectOnly(["size", "stride"])
    return (try layer.integer("size", in: sizes), try layer.integer("stride", in: sizes))
  }
}
