/// All that the rest of a model's training depends on, besides its settings and the round.
///
/// Every random stream is keyed by its round, so no place within a stream belongs to it. It is made of
/// releases alone, so it may be kept and shown like the model.
public struct TrainingCheckpoint: Hashable, Sendable {
  public let parameters: [Float]
  public let optimizer: OptimizerState
  public let average: ParameterAverageState
  /// Of the next round, where it adapts.
  public let clippingNorm: Double?
  /// Where the releases are followed.
  public private(set) var releaseTotal: [Double]? = nil
}

/// Floating-point numbers as their raw little-endian bytes in base64: every bit comes back.
extension TrainingCheckpoint: Codable {
  private enum CodingKeys: String, CodingKey {
    case parameters
    case optimizer
    case average
    case clippingNorm = "clipping_norm"
    case releaseTotal = "release_total"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    parameters = try container.decode(LittleEndianBytes<UInt32>.self, forKey: .parameters)
      .words.map(Float.init(bitPattern:))
    optimizer = try container.decode(OptimizerState.self, forKey: .optimizer)
    average = try container.decode(ParameterAverageState.self, forKey: .average)
    clippingNorm = try container.decodeIfPresent(
      LittleEndianBytes<UInt64>.self, forKey: .clippingNorm
    )?.words.first.map(Double.init(bitPattern:))
    releaseTotal = try container.decodeIfPresent(
      LittleEndianBytes<UInt64>.self, forKey: .releaseTotal
    )?.words.map(Double.init(bitPattern:))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(
      LittleEndianBytes(parameters.map(\.bitPattern)), forKey: .parameters)
    try container.encode(optimizer, forKey: .optimizer)
    try container.encode(average, forKey: .average)
    try container.encodeIfPresent(
      clippingNorm.map { LittleEndianBytes([$0.bitPattern]) }, forKey: .clippingNorm)
    try container.encodeIfPresent(
      releaseTotal.map { LittleEndianBytes($0.map(\.bitPattern)) }, forKey: .releaseTotal)
  }
}
