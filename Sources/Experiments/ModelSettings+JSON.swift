internal import LinearAlgebra
internal import Models

extension ModelSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case kind
    case loss
    case hiddenWidths = "hidden_widths"
    case activation
    case layers
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    func encode(_ kind: Kind) throws { try fields.encode(kind.rawValue, forKey: .kind) }
    switch form {
    case .logisticRegression: try encode(.logisticRegression)
    case .linearRegression: try encode(.linearRegression)
    case .linearClassifier(let loss):
      try encode(.linearClassifier)
      try fields.encode(loss.rawValue, forKey: .loss)
    case .multilayerPerceptron(let hiddenWidths, let activation):
      try encode(.multilayerPerceptron)
      try fields.encode(hiddenWidths, forKey: .hiddenWidths)
      if activation != .ofPerceptrons {
        try fields.encode(LayerKind.activation(activation).encoded, forKey: .activation)
      }
    case .temperedConvolution(let activation):
      try encode(.temperedConvolution)
      try fields.encode(LayerKind.activation(activation).encoded, forKey: .activation)
    case .layers(let kinds):
      try encode(.layers)
      try fields.encode(kinds.map(\.encoded), forKey: .layers)
    }
  }
}

/// A layer as an experiment file spells it: a name, or a name with its numbers.
private enum EncodedLayer: Encodable {
  case name(String)
  case number(String, Int)
  case numbers(String, [String: Int])
  case decimals(String, [String: Float])

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .name(let name): try value.encode(name)
    case .number(let name, let number): try value.encode([name: number])
    case .numbers(let name, let numbers): try value.encode([name: numbers])
    case .decimals(let name, let decimals): try value.encode([name: decimals])
    }
  }
}

extension LayerKind {
  fileprivate var encoded: EncodedLayer {
    switch self {
    case .dense(let outputWidth): .number("dense", outputWidth)
    case .convolution(let filters, let kernelSize, let stride, let padding):
      .numbers(
        "convolution",
        ["filters": filters, "kernel_size": kernelSize, "stride": stride, "padding": padding])
    case .maxPool(let size, let stride): .numbers("max_pool", ["size": size, "stride": stride])
    case .averagePool(let size, let stride):
      .numbers("average_pool", ["size": size, "stride": stride])
    case .groupNorm(let groups): .numbers("group_norm", ["groups": groups])
    case .flatten: .name("flatten")
    case .activation(.relu): .name("relu")
    case .activation(.tanh): .name("tanh")
    case .activation(.temperedSigmoid(let sigmoid)):
      .decimals(
        "tempered_sigmoid",
        ["scale": sigmoid.scale, "temperature": sigmoid.temperature, "offset": sigmoid.offset])
    }
  }
}
