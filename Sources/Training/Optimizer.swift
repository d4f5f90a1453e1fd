internal import Foundation
internal import LinearAlgebra

/// The optimizer of one run: its settings and its state.
public struct Optimizer: Sendable {
  public let settings: OptimizerSettings
  /// How many rounds the schedule reckons with.
  public let rounds: Int
  /// All that the next step depends on besides its arguments.
  public private(set) var state: OptimizerState

  public init(_ settings: OptimizerSettings, rounds: Int, parameterCount: Int) {
    precondition(rounds > 0, "a run has at least one round")
    self.settings = settings
    self.rounds = rounds
    state = .initial(of: settings.rule, parameterCount: parameterCount)
  }

  /// Goes on from a state that another optimizer of the same settings had, to the last bit.
  public mutating func restore(_ state: OptimizerState) throws(TrainingStateError) {
    try state.check(against: self.state)
    self.state = state
  }

  /// Moves the model along an update: up, where it is a model delta, and against the gradient where it
  /// is minus one. `round`, from 1, is for the schedule alone.
  public mutating func apply(_ update: [Float], to parameters: inout [Float], round: Int) {
    state.stepCount += 1
    let learningRate = settings.learningRate * settings.schedule.factor(round: round, of: rounds)
    let decay = Float(settings.weightDecay)
    switch settings.rule {
    case .sgd(momentum: 0, _):
      descentStep(&parameters, update: update, rate: Float(learningRate), decay: decay)
    case .sgd(let momentum, let nesterov):
      momentumStep(
        &parameters, velocity: &state.firstMoment, update: update, momentum: Float(momentum),
        nesterov: nesterov, rate: Float(learningRate), decay: decay)
    case .adam(let beta1, let beta2, let epsilon):
      adamStep(
        &parameters, first: &state.firstMoment, second: &state.secondMoment, update: update,
        beta1: beta1, beta2: beta2, spread: Float(unbiased(beta2).squareRoot()),
        epsilon: Float(epsilon), rate: Float(learningRate / unbiased(beta1)), decay: decay)
    case .fedAdagrad(let beta1, let adaptivity):
      adagradStep(
        &parameters, first: &state.firstMoment, second: &state.secondMoment, update: update,
        beta1: beta1, epsilon: Float(adaptivity), rate: Float(learningRate), decay: decay)
    case .fedAdam(let beta1, let beta2, let adaptivity):
      adamStep(
        &parameters, first: &state.firstMoment, second: &state.secondMoment, update: update,
        beta1: beta1, beta2: beta2, spread: 1, epsilon: Float(adaptivity),
        rate: Float(learningRate), decay: decay)
    case .fedYogi(let beta1, let beta2, let adaptivity):
      yogiStep(
        &parameters, first: &state.firstMoment, second: &state.secondMoment, update: update,
        beta1: beta1, beta2: beta2, epsilon: Float(adaptivity), rate: Float(learningRate),
        decay: decay)
    }
  }

  /// Moves the model toward the mean of models that were trained from it: by that mean's distance, as
  /// an update. At rate 1, plain descent arrives at the mean itself, to the last bit.
  mutating func apply(mean: [Float], to parameters: inout [Float], round: Int) {
    if settings.isPlainAveraging {
      state.stepCount += 1
      parameters = mean
    } else {
      apply(zip(mean, parameters).map { $0 - $1 }, to: &parameters, round: round)
    }
  }

  /// The weight that `beta` has given to updates, rather than to the zeros before them.
  private func unbiased(_ beta: Double) -> Double { 1 - pow(beta, Double(state.stepCount)) }
}
