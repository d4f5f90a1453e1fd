/// What a silo does in a round: steps of DP-SGD on its own examples.
public struct SiloTraining: Hashable, Sendable {
  /// Steps, each on a cohort of the silo's examples and with a release of its own.
  public let localSteps: Int
  public let learningRate: Double
  public let weighting: Weighting

  /// How much a silo's model counts in the mean.
  public enum Weighting: String, CaseIterable, Sendable {
    case uniform
    /// By the number of examples that the silo declares.
    case declaredSize = "declared-size"
  }

  public init(localSteps: Int, learningRate: Double, weighting: Weighting = .uniform) {
    precondition(localSteps > 0, "a round has at least one step")
    precondition(learningRate.isFinite && learningRate > 0, "the learning rate is positive")
    self.localSteps = localSteps
    self.learningRate = learningRate
    self.weighting = weighting
  }
}
