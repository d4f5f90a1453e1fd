import Foundation
import Testing
import Training

@Suite struct ParameterAverageTests {
  static let kinds: [Averaging] = [
    .none, .exponential(decay: 0.9, warmUp: false), .exponential(decay: 0.99, warmUp: true),
    .tail(from: 4),
  ]

  /// A model of one parameter that starts at `initial` and is then 1, 4, 9, ...
  private func averages(_ averaging: Averaging, initial: Float, rounds: Int) -> [Double] {
    var average = ParameterAverage(averaging, initialParameters: [initial])
    return (1...rounds).map { round in
      let last = [Float(round * round)]
      average.include(last, round: round)
      return Double(average.parameters(last: last)[0])
    }
  }

  @Test func withoutAveragingTheLastModelStands() {
    #expect(averages(.none, initial: 7, rounds: 4) == [1, 4, 9, 16])
    let start = ParameterAverage(.none, initialParameters: [7])
    #expect(start.parameters(last: [7]) == [7])
  }

  /// After n rounds d^n x_0 + (1 - d) sum over t of d^(n - t) x_t.
  @Test func theExponentialMeanHasItsClosedForm() {
    for (index, mean) in averages(
      .exponential(decay: 0.75, warmUp: false), initial: 7, rounds: 20
    ).enumerated() {
      let n = index + 1
      let expected =
        pow(0.75, Double(n)) * 7
        + (1...n).reduce(0.0) { $0 + 0.25 * pow(0.75, Double(n - $1)) * Double($1 * $1) }
      #expect((mean / expected - 1).magnitude < 1e-6)
    }
  }

  /// While (1 + t) / (10 + t) is below the decay, n rounds keep the weights of a product of these
  /// ratios, n! 9! / (n + 9)!: of the initial parameters, 1/10, 1/55, 1/220.
  @Test func theWarmUpForgetsTheInitialParameters() {
    var average = ParameterAverage(
      .exponential(decay: 0.999, warmUp: true), initialParameters: [1])
    let weights = (1...3).map { round in
      average.include([0], round: round)
      return Double(average.parameters(last: [0])[0])
    }
    for (weight, expected) in zip(weights, [1.0 / 10, 1.0 / 55, 1.0 / 220]) {
      #expect((weight / expected - 1).magnitude < 1e-6)
    }
  }

  /// With decay 1/2 the warm-up ends at t = 8, where (1 + t) / (10 + t) is 1/2.
  @Test func theWarmUpEndsAtTheDecay() {
    var average = ParameterAverage(.exponential(decay: 0.5, warmUp: true), initialParameters: [1])
    var last = 1.0
    for round in 1...12 {
      average.include([0], round: round)
      let mean = average.state.mean[0]
      let kept = min(0.5, Double(round) / Double(round + 9))
      #expect((mean / last - kept).magnitude < 1e-12)
      last = mean
    }
  }

  @Test func theTailIsThePlainMeanFromItsRoundOn() {
    let means = averages(.tail(from: 3), initial: 7, rounds: 6)
    #expect(means[..<3] == [1, 4, 9])
    let expected = [(9.0 + 16) / 2, (9.0 + 16 + 25) / 3, (9.0 + 16 + 25 + 36) / 4]
    for (mean, expected) in zip(means[3...], expected) {
      #expect((mean / expected - 1).magnitude < 1e-6)
    }
  }

  /// Double precision: the mean of many equal models is that model to the bit.
  @Test(arguments: [Averaging.tail(from: 1), .exponential(decay: 0.999, warmUp: true)])
  func theMeanOfEqualModelsIsTheModel(averaging: Averaging) {
    let parameters: [Float] = [0.1, -1e-20, 3e20]
    var average = ParameterAverage(averaging, initialParameters: parameters)
    for round in 1...3000 { average.include(parameters, round: round) }
    #expect(average.parameters(last: [0, 0, 0]) == parameters)
  }

  // MARK: State

  @Test(arguments: kinds) func aSavedStateGoesOnToTheSameBits(averaging: Averaging) throws {
    let initial: [Float] = [1, -2, 0.3]
    var whole = ParameterAverage(averaging, initialParameters: initial)
    var resumed = whole
    for round in 1...12 {
      let parameters = initial.map { $0 / Float(round) }
      whole.include(parameters, round: round)
      resumed.include(parameters, round: round)
      if round == 5 {
        let saved = try JSONEncoder().encode(resumed.state)
        resumed = ParameterAverage(averaging, initialParameters: initial)
        try resumed.restore(JSONDecoder().decode(ParameterAverageState.self, from: saved))
      }
    }
    #expect(resumed.state.roundCount == whole.state.roundCount)
    #expect(resumed.state.mean.map(\.bitPattern) == whole.state.mean.map(\.bitPattern))
    #expect(resumed.parameters(last: initial) == whole.parameters(last: initial))
  }

  @Test func aStateOfAnotherModelIsRefused() {
    let state = ParameterAverage(.tail(from: 1), initialParameters: [1, 2]).state
    var other = ParameterAverage(.tail(from: 1), initialParameters: [1])
    #expect(throws: TrainingStateError.bufferLength(name: "mean", given: 2, needed: 1)) {
      try other.restore(state)
    }
  }
}
