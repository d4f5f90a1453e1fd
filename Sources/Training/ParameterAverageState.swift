/// What a ``ParameterAverage`` remembers between rounds.
public struct ParameterAverageState: Hashable, Sendable {
  /// How many rounds' models are in the mean.
  public internal(set) var roundCount: Int
  /// Empty without averaging.
  public internal(set) var mean: [Double]
}

extension ParameterAverageState: Codable {
  private enum CodingKeys: String, CodingKey {
    case roundCount = "round_count"
    case mean
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    roundCount = try container.decode(Int.self, forKey: .roundCount)
    mean = try container.decode(LittleEndianBytes<UInt64>.self, forKey: .mean)
      .words.map(Double.init(bitPattern:))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(roundCount, forKey: .roundCount)
    try container.encode(LittleEndianBytes(mean.map(\.bitPattern)), forKey: .mean)
  }
}
