internal import LinearAlgebra

/// Stochastic gradient descent on the server with heavy-ball momentum. The released mean delta takes
/// the place of the negative gradient: rate 1 and momentum 0 is FedAvg; with momentum, FedAvgM (Hsu,
/// Qi & Brown 2019). It only post-processes releases.
public struct ServerOptimizer: Sendable {
  /// Positive.
  public let serverLearningRate: Double
  /// In [0, 1).
  public let serverMomentum: Double
  private var velocity: [Float]

  public init(serverLearningRate: Double, serverMomentum: Double, parameterCount: Int) {
    precondition(
      serverLearningRate.isFinite && serverLearningRate > 0, "the learning rate is positive")
    precondition((0..<1).contains(serverMomentum), "momentum is in [0, 1)")
    self.serverLearningRate = serverLearningRate
    self.serverMomentum = serverMomentum
    velocity = [Float](repeating: 0, count: parameterCount)
  }

  public mutating func apply(_ update: [Float], to parameters: inout [Float]) {
    momentumStep(
      &parameters, velocity: &velocity, update: update, momentum: Float(serverMomentum),
      nesterov: false, rate: Float(serverLearningRate), decay: 0)
  }
}
