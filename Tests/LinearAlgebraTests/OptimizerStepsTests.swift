import LinearAlgebra
import Testing

/// Every step against the plain loop of its formula, to the last bit: no vector width, remainder or
/// contraction may show.
@Suite struct OptimizerStepsTests {
  @Test(arguments: awkwardLengths, [Float(0), 0.01]) func descent(count: Int, decay: Float) {
    var run = Run(count)
    for update in run.updates {
      descentStep(&run.parameters, update: update, rate: 0.3, decay: decay)
      run.expectEach(update, decay) { $0.parameter += 0.3 * $1 }
    }
  }

  @Test(arguments: awkwardLengths, [Float(0), 0.01])
  func heavyBall(count: Int, decay: Float) {
    var run = Run(count)
    for update in run.updates {
      momentumStep(
        &run.parameters, velocity: &run.first, update: update, momentum: 0.9, nesterov: false,
        rate: 0.3, decay: decay)
      run.expectEach(update, decay) { place, u in
        place.first = 0.9 * place.first + u
        place.parameter += 0.3 * place.first
      }
    }
  }

  @Test(arguments: awkwardLengths, [Float(0), 0.01])
  func nesterovMomentum(count: Int, decay: Float) {
    var run = Run(count)
    for update in run.updates {
      momentumStep(
        &run.parameters, velocity: &run.first, update: update, momentum: 0.9, nesterov: true,
        rate: 0.3, decay: decay)
      run.expectEach(update, decay) { place, u in
        place.first = 0.9 * place.first + u
        place.parameter += 0.3 * (u + 0.9 * place.first)
      }
    }
  }

  @Test(arguments: awkwardLengths, [Float(0), 0.01]) func adam(count: Int, decay: Float) {
    var run = Run(count)
    for update in run.updates {
      adamStep(
        &run.parameters, first: &run.first, second: &run.second, update: update, beta1: 0.9,
        beta2: 0.99, spread: 0.7, epsilon: 1e-3, rate: 0.3, decay: decay)
      run.expectEach(update, decay) { place, u in
        place.first = 0.9 * place.first + Float(1 - 0.9) * u
        place.second = 0.99 * place.second + Float(1 - 0.99) * (u * u)
        place.parameter += 0.3 * place.first / (place.second.squareRoot() / 0.7 + 1e-3)
      }
    }
  }

  @Test(arguments: awkwardLengths, [Float(0), 0.01]) func adagrad(count: Int, decay: Float) {
    var run = Run(count)
    for update in run.updates {
      adagradStep(
        &run.parameters, first: &run.first, second: &run.second, update: update, beta1: 0.9,
        epsilon: 1e-3, rate: 0.3, decay: decay)
      run.expectEach(update, decay) { place, u in
        place.first = 0.9 * place.first + Float(1 - 0.9) * u
        place.second += u * u
        place.parameter += 0.3 * place.first / (place.second.squareRoot() + 1e-3)
      }
    }
  }

  @Test(arguments: awkwardLengths, [Float(0), 0.01]) func yogi(count: Int, decay: Float) {
    var run = Run(count)
    for update in run.updates {
      yogiStep(
        &run.parameters, first: &run.first, second: &run.second, update: update, beta1: 0.9,
        beta2: 0.99, epsilon: 1e-3, rate: 0.3, decay: decay)
      run.expectEach(update, decay) { place, u in
        let sign: Float = place.second == u * u ? 0 : place.second > u * u ? 1 : -1
        place.first = 0.9 * place.first + Float(1 - 0.9) * u
        place.second -= Float(1 - 0.99) * (u * u) * sign
        place.parameter += 0.3 * place.first / (place.second.squareRoot() + 1e-3)
      }
    }
  }

  /// Where the square of the update is the second moment, Yogi leaves it.
  @Test func yogiRestsWhereTheSquaresAgree() {
    var (parameters, first, second): ([Float], [Float], [Float]) = ([0, 0], [0, 0], [4, 4])
    yogiStep(
      &parameters, first: &first, second: &second, update: [2, -2], beta1: 0, beta2: 0.5,
      epsilon: 0, rate: 1, decay: 0)
    #expect(second == [4, 4])
    #expect(parameters == [1, -1])
  }

  @Test(arguments: awkwardLengths) func meansMove(count: Int) {
    let values = samples(count, seed: 27)
    let before = samples(count, seed: 28).map(Double.init)
    var mean = before
    moveMean(&mean, towards: values, weight: 0.1)
    #expect(mean == zip(before, values).map { $0 + 0.1 * (Double($1) - $0) })
  }

  /// Without decay a model that has diverged changes no update.
  @Test func noDecayIgnoresTheParameters() {
    var parameters: [Float] = [.infinity, .nan, 1]
    var velocity: [Float] = [0, 0, 0]
    momentumStep(
      &parameters, velocity: &velocity, update: [1, 2, -0.0], momentum: 0.5, nesterov: false,
      rate: 1, decay: 0)
    #expect(velocity == [1, 2, 0])
  }

  private struct Place {
    var parameter: Float
    var first: Float
    var second: Float
  }

  /// The buffers of a few steps, and what a loop over places makes of them.
  private struct Run {
    var parameters: [Float]
    var first: [Float]
    var second: [Float]
    let updates: [[Float]]
    private var places: [Place]

    init(_ count: Int) {
      parameters = samples(count, seed: 18)
      first = samples(count, seed: 19)
      second = samples(count, seed: 20).map { $0 * $0 }
      updates = (21..<24).map { samples(count, seed: $0) }
      places = []
      for index in 0..<count {
        places.append(
          Place(parameter: parameters[index], first: first[index], second: second[index]))
      }
    }

    mutating func expectEach(
      _ update: [Float], _ decay: Float, sourceLocation: SourceLocation = #_sourceLocation,
      _ step: (inout Place, Float) -> Void
    ) {
      for index in places.indices {
        step(&places[index], update[index] - decay * places[index].parameter)
      }
      #expect(parameters.bits == places.map(\.parameter).bits, sourceLocation: sourceLocation)
      #expect(first.bits == places.map(\.first).bits, sourceLocation: sourceLocation)
      #expect(second.bits == places.map(\.second).bits, sourceLocation: sourceLocation)
    }
  }
}
