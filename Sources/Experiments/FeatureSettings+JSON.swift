public import Features

extension FeatureStep: Encodable {
  private enum CodingKeys: String, CodingKey {
    case scattering
    case log
    case groupNorm = "group_norm"
    case syntheticWhitening = "synthetic_whitening"
    case norm
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .scattering(let scattering):
      try fields.encode(
        ["scale": scattering.scale, "orientations": scattering.orientations], forKey: .scattering)
    case .log(let offset): try fields.encode(offset, forKey: .log)
    case .groupNorm(let groups): try fields.encode(["groups": groups], forKey: .groupNorm)
    case .syntheticWhitening(let whitening):
      var step = fields.nestedContainer(keyedBy: WhiteningKeys.self, forKey: .syntheticWhitening)
      try step.encode(whitening.images, forKey: .images)
      try step.encode(whitening.dimensions, forKey: .dimensions)
      try step.encode(whitening.exponent, forKey: .exponent)
    case .norm(let norm): try fields.encode(norm, forKey: .norm)
    }
  }

  private enum WhiteningKeys: String, CodingKey {
    case images
    case dimensions
    case exponent
  }
}
