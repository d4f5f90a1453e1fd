/// How a client trains on its own examples: stochastic gradient descent on its loss plus
/// `l2 / 2 |weights|^2 + proximal / 2 |model - global model|^2`, and with control variates along
/// `server's - own` as well.
public struct LocalTraining: Hashable, Sendable {
  /// Passes over the client's examples.
  public let localEpochs: Int
  /// Examples a step; the last batch of an epoch may be smaller.
  public let batchSize: Int
  public let localLearningRate: Double
  /// The coupled L2 penalty on weights, 0 or greater; biases are free.
  public let l2: Double
  /// FedProx (Li et al. 2020), 0 or greater: how strongly the model the client started from holds it.
  public let proximal: Double
  /// SCAFFOLD (Karimireddy et al. 2020); nil without.
  public let controlVariates: ControlVariates?
  public let weighting: ClientWeighting

  public init(
    localEpochs: Int, batchSize: Int, localLearningRate: Double, l2: Double = 0,
    proximal: Double = 0, controlVariates: ControlVariates? = nil,
    weighting: ClientWeighting = .uniform
  ) {
    precondition(localEpochs > 0 && batchSize > 0, "epochs and batch size are positive")
    precondition(
      localLearningRate.isFinite && localLearningRate > 0, "the learning rate is positive")
    precondition(l2 >= 0 && proximal >= 0, "penalties are 0 or greater")
    precondition(
      localLearningRate * (l2 + proximal) < 1, "a step shrinks distances, and passes no center")
    self.localEpochs = localEpochs
    self.batchSize = batchSize
    self.localLearningRate = localLearningRate
    self.l2 = l2
    self.proximal = proximal
    self.controlVariates = controlVariates
    self.weighting = weighting
  }
}

/// How much a client's update counts.
public enum ClientWeighting: Hashable, Sendable {
  /// All the same.
  case uniform
  /// By its examples up to a cap: `min(examples, cap) / cap`, in [0, 1].
  ///
  /// The weight multiplies the *clipped* update, so that a client still moves the sum by at most the
  /// clipping norm. How many examples the cohort really has is private: the sum is divided by the
  /// public expected cohort size times `expected / cap`. `expected`, above 0 and at most `cap`, is the
  /// mean of `min(examples, cap)` that the plan reckons with.
  case byExamples(cap: Int, expected: Double)

  /// Of one client.
  public func weight(exampleCount: Int) -> Double {
    switch self {
    case .uniform: 1
    case .byExamples(let cap, _): Double(min(exampleCount, cap)) / Double(cap)
    }
  }

  /// The mean weight that the plan reckons with: a public constant.
  public var expectedWeight: Double {
    switch self {
    case .uniform: 1
    case .byExamples(let cap, let expected): expected / Double(cap)
    }
  }
}
