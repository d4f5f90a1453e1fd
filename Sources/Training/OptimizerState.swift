/// What an optimizer remembers between rounds. It is made of releases alone, so it may be kept and
/// shown like the model.
public struct OptimizerState: Hashable, Sendable {
  /// How many steps were made.
  public internal(set) var stepCount: Int
  /// The velocity of momentum, or the running mean of updates; empty if the rule has none.
  public internal(set) var firstMoment: [Float]
  /// The running size of squared updates; empty if the rule has none.
  public internal(set) var secondMoment: [Float]

  static func initial(of rule: OptimizerSettings.Rule, parameterCount: Int) -> OptimizerState {
    func filled(with value: Double) -> [Float] {
      [Float](repeating: Float(value), count: parameterCount)
    }
    return switch rule {
    case .sgd(momentum: 0, _):
      OptimizerState(stepCount: 0, firstMoment: [], secondMoment: [])
    case .sgd:
      OptimizerState(stepCount: 0, firstMoment: filled(with: 0), secondMoment: [])
    case .adam:
      OptimizerState(
        stepCount: 0, firstMoment: filled(with: 0), secondMoment: filled(with: 0))
    case .fedAdagrad(_, let adaptivity), .fedAdam(_, _, let adaptivity),
      .fedYogi(_, _, let adaptivity):
      OptimizerState(
        stepCount: 0, firstMoment: filled(with: 0),
        secondMoment: filled(with: adaptivity * adaptivity))
    }
  }

  /// Throws unless this state has the shape of another.
  func check(against other: OptimizerState) throws(TrainingStateError) {
    try TrainingStateError.check(stepCount: stepCount)
    try TrainingStateError.check(firstMoment.count, is: other.firstMoment.count, "first_moment")
    try TrainingStateError.check(secondMoment.count, is: other.secondMoment.count, "second_moment")
  }
}

extension OptimizerState: Codable {
  private enum CodingKeys: String, CodingKey {
    case stepCount = "step_count"
    case firstMoment = "first_moment"
    case secondMoment = "second_moment"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func floats(_ key: CodingKeys) throws -> [Float] {
      try container.decode(LittleEndianBytes<UInt32>.self, forKey: key)
        .words.map(Float.init(bitPattern:))
    }
    stepCount = try container.decode(Int.self, forKey: .stepCount)
    firstMoment = try floats(.firstMoment)
    secondMoment = try floats(.secondMoment)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(stepCount, forKey: .stepCount)
    try container.encode(
      LittleEndianBytes(firstMoment.map(\.bitPattern)), forKey: .firstMoment)
    try container.encode(
      LittleEndianBytes(secondMoment.map(\.bitPattern)), forKey: .secondMoment)
  }
}
