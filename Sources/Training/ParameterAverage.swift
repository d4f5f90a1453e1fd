internal import LinearAlgebra

/// Which models of a run are averaged for evaluation.
public enum Averaging: Hashable, Sendable {
  /// None: the last model stands for itself.
  case none

  /// `mean = d mean + (1 - d) parameters` after every round, from the initial parameters on, with `d`
  /// equal to `decay`, in [0, 1).
  ///
  /// With `warmUp`, `d = min(decay, (1 + t) / (10 + t))` where `t` rounds are in the mean already, so
  /// that it soon forgets the initial parameters (De et al. 2022, section 3.2).
  case exponential(decay: Double, warmUp: Bool)

  /// The plain mean of the models of all rounds from `round`, 1 or greater, on (Polyak & Juditsky
  /// 1992; Ruppert 1988). Before that round the last model stands for itself.
  case tail(from: Int)
}

/// The average of a run's models, in Double. The trained model itself goes on without it.
///
/// It sees released models alone: it is post-processing and costs no privacy.
public struct ParameterAverage: Sendable {
  public let averaging: Averaging
  /// All that the next mean depends on besides the next model.
  public private(set) var state: ParameterAverageState

  public init(_ averaging: Averaging, initialParameters: [Float]) {
    self.averaging = averaging
    switch averaging {
    case .none:
      state = ParameterAverageState(roundCount: 0, mean: [])
    case .exponential(let decay, _):
      precondition((0..<1).contains(decay), "an average decays by a factor in [0, 1)")
      state = ParameterAverageState(roundCount: 0, mean: initialParameters.map(Double.init))
    case .tail(let first):
      precondition(first >= 1, "rounds are counted from 1")
      state = ParameterAverageState(
        roundCount: 0, mean: [Double](repeating: 0, count: initialParameters.count))
    }
  }

  /// Goes on from a state that another average of the same kind had, to the last bit.
  public mutating func restore(_ state: ParameterAverageState) throws(TrainingStateError) {
    try TrainingStateError.check(stepCount: state.roundCount)
    try TrainingStateError.check(state.mean.count, is: self.state.mean.count, "mean")
    self.state = state
  }

  /// Takes in the model after a round.
  public mutating func include(_ parameters: [Float], round: Int) {
    switch averaging {
    case .none:
      return
    case .exponential(let decay, let warmUp):
      let t = Double(state.roundCount)
      let kept = warmUp ? min(decay, (1 + t) / (10 + t)) : decay
      moveMean(&state.mean, towards: parameters, weight: 1 - kept)
    case .tail(let first):
      if round < first { return }
      moveMean(&state.mean, towards: parameters, weight: 1 / Double(state.roundCount + 1))
    }
    state.roundCount += 1
  }

  /// The model to evaluate, given the last one.
  public func parameters(last: [Float]) -> [Float] {
    state.roundCount == 0 ? last : state.mean.map(Float.init)
  }
}
