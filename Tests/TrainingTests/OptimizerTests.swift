import Foundation
import Testing
import Training

/// Against PyTorch's and Flower's optimizers in double precision; `Reference/make_reference.py` says
/// how.
@Suite struct OptimizerTests {
  struct Reference: Decodable {
    let initial: [Float]
    let updates: [[Float]]
    let runs: [String: [[Double]]]
  }

  static let rules: [(name: String, settings: OptimizerSettings)] = [
    ("sgd", settings(.sgd(momentum: 0, nesterov: false))),
    ("sgd, weight decay", settings(.sgd(momentum: 0, nesterov: false), weightDecay: 0.05)),
    ("momentum", settings(.sgd(momentum: 0.9, nesterov: false))),
    ("momentum, weight decay", settings(.sgd(momentum: 0.9, nesterov: false), weightDecay: 0.05)),
    ("nesterov", settings(.sgd(momentum: 0.9, nesterov: true))),
    ("nesterov, weight decay", settings(.sgd(momentum: 0.9, nesterov: true), weightDecay: 0.05)),
    ("adam", settings(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8))),
    (
      "adam, weight decay",
      settings(.adam(beta1: 0.8, beta2: 0.99, epsilon: 1e-3), weightDecay: 0.05)
    ),
    ("fedadagrad", settings(.fedAdagrad(beta1: 0.9, adaptivity: 1e-3))),
    ("fedadam", settings(.fedAdam(beta1: 0.9, beta2: 0.99, adaptivity: 1e-3))),
    ("fedyogi", settings(.fedYogi(beta1: 0.9, beta2: 0.99, adaptivity: 1e-3))),
  ]

  static func settings(
    _ rule: OptimizerSettings.Rule, weightDecay: Double = 0
  ) -> OptimizerSettings {
    OptimizerSettings(rule, learningRate: 0.1, weightDecay: weightDecay)
  }

  @Test(arguments: rules.indices) func everyStepIsThatOfTheReference(index: Int) throws {
    let reference = try reference("optimizers.json", as: Reference.self)
    #expect(reference.runs.count == Self.rules.count)
    let (name, settings) = Self.rules[index]
    let expected = try #require(reference.runs[name])
    #expect(expected.count == reference.updates.count)
    var parameters = reference.initial
    var optimizer = Optimizer(
      settings, rounds: expected.count, parameterCount: parameters.count)
    // Rounding is relative to the largest value that a parameter has had.
    var scale = [Double](repeating: 1, count: parameters.count)
    for (step, update) in reference.updates.enumerated() {
      optimizer.apply(update, to: &parameters, round: step + 1)
      for (place, expected) in expected[step].enumerated() {
        scale[place] = max(scale[place], expected.magnitude)
        let error = (Double(parameters[place]) - expected).magnitude
        #expect(error < 1e-6 * scale[place], "\(name), step \(step + 1)")
      }
    }
  }

  // MARK: Gradient descent

  @Test func rateOneWithoutMomentumAddsTheUpdate() {
    var parameters: [Float] = [1, -2, 0.5]
    var optimizer = Optimizer.averaging(3)
    optimizer.apply([0.25, 0.5, -1], to: &parameters, round: 1)
    optimizer.apply([0.25, 0.5, -1], to: &parameters, round: 2)
    #expect(parameters == [1.5, -1, -1.5])
    #expect(optimizer.state.firstMoment.isEmpty && optimizer.state.secondMoment.isEmpty)
  }

  /// With a constant update u, momentum m and rate r, the t-th step adds r u (1 - m^t) / (1 - m).
  @Test func momentumGathersPastUpdates() {
    var parameters: [Float] = [0]
    var optimizer = Optimizer(
      OptimizerSettings(.sgd(momentum: 0.5, nesterov: false), learningRate: 0.25), rounds: 4,
      parameterCount: 1)
    let positions = (1...4).map { round in
      optimizer.apply([1], to: &parameters, round: round)
      return parameters[0]
    }
    #expect(positions == [0.25, 0.625, 1.0625, 1.53125])
    #expect(optimizer.state.secondMoment.isEmpty)
  }

  // MARK: Adaptive rules

  /// Adam's first step is the rate times the sign of the update, if epsilon is small: both corrections
  /// cancel all betas.
  @Test(arguments: [Float(1e-3), 1, 1e3]) func adamsFirstStepIsTheRate(size: Float) {
    var parameters: [Float] = [0, 0]
    var optimizer = Optimizer(
      OptimizerSettings(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-30), learningRate: 0.5),
      rounds: 1, parameterCount: 2)
    optimizer.apply([size, -size], to: &parameters, round: 1)
    #expect((parameters[0] - 0.5).magnitude < 1e-6)
    #expect((parameters[1] + 0.5).magnitude < 1e-6)
  }

  /// FedAdam's first step is r (1 - beta1) u / (sqrt(beta2 t^2 + (1 - beta2) u^2) + t).
  @Test func theSecondMomentStartsAtTheAdaptivitySquared() {
    var parameters: [Float] = [0]
    var optimizer = Optimizer(
      OptimizerSettings(.fedAdam(beta1: 0.5, beta2: 0.75, adaptivity: 2), learningRate: 1),
      rounds: 1, parameterCount: 1)
    #expect(optimizer.state.secondMoment == [4])
    // 0.75 * 4 + 0.25 * 36 = 12
    optimizer.apply([6], to: &parameters, round: 1)
    #expect((Double(parameters[0]) - 3 / (12.0.squareRoot() + 2)).magnitude < 1e-7)
  }

  // MARK: Schedule

  @Test func theScheduleScalesTheRate() {
    var parameters: [Float] = [0]
    var optimizer = Optimizer(
      OptimizerSettings(
        .sgd(momentum: 0, nesterov: false), learningRate: 2,
        schedule: LearningRateSchedule(.step(every: 1, factor: 0.5), warmupRounds: 2)),
      rounds: 5, parameterCount: 1)
    let steps = (1...5).map { round in
      let before = parameters[0]
      optimizer.apply([1], to: &parameters, round: round)
      return parameters[0] - before
    }
    #expect(steps == [1, 2, 2, 1, 0.5])
  }

  // MARK: State

  /// A run that is saved as JSON after five steps and goes on elsewhere ends with the same bits.
  @Test(arguments: rules.indices) func aSavedStateGoesOnToTheSameBits(index: Int) throws {
    let reference = try reference("optimizers.json", as: Reference.self)
    let settings = Self.rules[index].settings
    let rounds = reference.updates.count
    var whole = Optimizer(settings, rounds: rounds, parameterCount: reference.initial.count)
    var parameters = reference.initial
    var resumed = whole
    var resumedParameters = parameters
    for round in 1...rounds {
      // Numbers that decimals of few digits would not keep.
      let update = reference.updates[round - 1].map { $0 / 3 }
      whole.apply(update, to: &parameters, round: round)
      resumed.apply(update, to: &resumedParameters, round: round)
      if round == 5 {
        let saved = try JSONEncoder().encode(resumed.state)
        let state = try JSONDecoder().decode(OptimizerState.self, from: saved)
        #expect(state == whole.state)
        resumed = Optimizer(settings, rounds: rounds, parameterCount: parameters.count)
        try resumed.restore(state)
      }
    }
    #expect(resumed.state.stepCount == rounds)
    #expect(resumed.state == whole.state)
    #expect(resumedParameters.map(\.bitPattern) == parameters.map(\.bitPattern))
  }

  /// Single precision in little-endian bytes, as base64.
  @Test func theSavedFormIsFixed() throws {
    var parameters: [Float] = [0, 0]
    var optimizer = Optimizer(
      Self.settings(.sgd(momentum: 0.9, nesterov: false)), rounds: 1, parameterCount: 2)
    optimizer.apply([1, -.infinity], to: &parameters, round: 1)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(optimizer.state), as: UTF8.self)
    // 3f800000 and ff800000, low byte first.
    #expect(text == #"{"first_moment":"AACAPwAAgP8=","second_moment":"","step_count":1}"#)
  }

  @Test func aStateOfAnotherModelIsRefused() throws {
    let momentum = Self.settings(.sgd(momentum: 0.9, nesterov: false))
    let adam = Self.settings(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8))
    let state = Optimizer(momentum, rounds: 1, parameterCount: 3).state
    var shorter = Optimizer(momentum, rounds: 1, parameterCount: 2)
    #expect(
      throws: TrainingStateError.bufferLength(name: "first_moment", given: 3, needed: 2)
    ) { try shorter.restore(state) }
    var other = Optimizer(adam, rounds: 1, parameterCount: 3)
    #expect(
      throws: TrainingStateError.bufferLength(name: "second_moment", given: 0, needed: 3)
    ) { try other.restore(state) }
    #expect(other.state == Optimizer(adam, rounds: 1, parameterCount: 3).state)
  }

  @Test(arguments: [
    #"{"first_moment":"AACAPwA=","second_moment":"","step_count":1}"#,
    #"{"first_moment":"AACAPw==","second_moment":"*","step_count":1}"#,
    #"{"first_moment":"AACAPw==","second_moment":""}"#,
  ])
  func bytesThatAreNoFloatsAreRefused(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(OptimizerState.self, from: Data(text.utf8))
    }
  }

  @Test func aNegativeStepCountIsRefused() throws {
    let text = #"{"first_moment":"","second_moment":"","step_count":-1}"#
    let state = try JSONDecoder().decode(OptimizerState.self, from: Data(text.utf8))
    var optimizer = Optimizer.averaging(3)
    #expect(throws: TrainingStateError.stepCount(given: -1)) { try optimizer.restore(state) }
  }
}
