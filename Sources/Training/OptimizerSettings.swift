/// How the model follows the releases.
///
/// An optimizer sees released updates, its own past and public constants: whatever it does, weight
/// decay included, is post-processing and costs no privacy.
public struct OptimizerSettings: Hashable, Sendable {
  /// How a step is made of an update `u`: the released mean model delta, or minus the noised mean
  /// gradient. The model `x` moves along `u` at the learning rate `r`, elementwise; all state starts
  /// at 0 unless stated.
  public enum Rule: Hashable, Sendable {
    /// Stochastic gradient descent with momentum in [0, 1) and no dampening: `v = momentum v + u`,
    /// then `x += r v`, or `x += r (u + momentum v)` with `nesterov` (Sutskever et al. 2013).
    ///
    /// On model deltas, rate 1 without momentum is FedAvg (McMahan et al. 2017); with momentum,
    /// FedAvgM (Hsu, Qi & Brown 2019). Without momentum there is no state.
    case sgd(momentum: Double, nesterov: Bool)

    /// Adam with corrected bias (Kingma & Ba 2015, algorithm 1): `m = beta1 m + (1 - beta1) u`,
    /// `v = beta2 v + (1 - beta2) u^2`, and in step `t` `x += r m' / (sqrt(v') + epsilon)` with
    /// `m' = m / (1 - beta1^t)`, `v' = v / (1 - beta2^t)`.
    case adam(beta1: Double, beta2: Double, epsilon: Double)

    /// FedAdagrad (Reddi et al. 2021, algorithm 2): `m = beta1 m + (1 - beta1) u`, `v += u^2`,
    /// `x += r m / (sqrt(v) + adaptivity)`; `v` starts at `adaptivity^2`.
    case fedAdagrad(beta1: Double, adaptivity: Double)

    /// FedAdam (Reddi et al. 2021, algorithm 2): as ``fedAdagrad(beta1:adaptivity:)`` with
    /// `v = beta2 v + (1 - beta2) u^2`. Its bias is not corrected.
    case fedAdam(beta1: Double, beta2: Double, adaptivity: Double)

    /// FedYogi (Reddi et al. 2021, algorithm 2): as ``fedAdagrad(beta1:adaptivity:)`` with
    /// `v -= (1 - beta2) u^2 sign(v - u^2)`.
    case fedYogi(beta1: Double, beta2: Double, adaptivity: Double)
  }

  public let rule: Rule
  /// Positive; the schedule multiplies it.
  public let learningRate: Double
  public let schedule: LearningRateSchedule
  /// Coupled L2 decay, 0 or greater: the rule sees `u - weightDecay x`.
  public let weightDecay: Double

  /// The betas are in [0, 1); epsilon and adaptivity are positive, and normal numbers as Float.
  public init(
    _ rule: Rule, learningRate: Double, schedule: LearningRateSchedule = .init(.constant),
    weightDecay: Double = 0
  ) {
    precondition(learningRate.isFinite && learningRate > 0, "the learning rate is positive")
    precondition(weightDecay.isFinite && weightDecay >= 0, "weight decay is 0 or greater")
    switch rule {
    case .sgd(let momentum, let nesterov):
      precondition((0..<1).contains(momentum), "momentum is in [0, 1)")
      precondition(momentum > 0 || !nesterov, "Nesterov's step needs momentum")
    case .adam(let beta1, let beta2, let epsilon):
      Self.check(beta1, beta2, epsilon)
    case .fedAdagrad(let beta1, let adaptivity):
      Self.check(beta1, 0, adaptivity)
    case .fedAdam(let beta1, let beta2, let adaptivity),
      .fedYogi(let beta1, let beta2, let adaptivity):
      Self.check(beta1, beta2, adaptivity)
    }
    self.rule = rule
    self.learningRate = learningRate
    self.schedule = schedule
    self.weightDecay = weightDecay
  }

  /// Whether every step adds the update as it is.
  var isPlainAveraging: Bool {
    rule == .sgd(momentum: 0, nesterov: false) && learningRate == 1
      && schedule == LearningRateSchedule(.constant) && weightDecay == 0
  }

  private static func check(_ beta1: Double, _ beta2: Double, _ floor: Double) {
    precondition((0..<1).contains(beta1) && (0..<1).contains(beta2), "a beta is in [0, 1)")
    precondition(
      floor > 0 && Float(floor).isNormal, "what is added to a root is positive, as a Float too")
  }
}
