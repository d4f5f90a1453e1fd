import LinearAlgebra
import Testing

@Suite struct GroupNormalizationTests {
  static let layers = [
    GroupNormalization(positions: 1, channels: 2, groups: 1),
    GroupNormalization(positions: 9, channels: 16, groups: 4),
    GroupNormalization(positions: 6, channels: 32, groups: 16),
    GroupNormalization(positions: 5, channels: 21, groups: 7, epsilon: 0.1),
    GroupNormalization(positions: 30, channels: 3, groups: 3),
  ]
  static let examples = 3

  struct Batch {
    let input: [Float]
    let scale: [Float]
    let shift: [Float]
    var output: [Float]
    var statistics: GroupNormalization.Statistics

    init(_ layer: GroupNormalization) {
      let count = examples * layer.positions * layer.channels
      input = samples(count + 1, seed: 1).map { 3 * $0 + 20 }
      scale = samples(layer.channels, seed: 2)
      shift = samples(layer.channels, seed: 3)
      output = [Float](repeating: 5, count: count + 1)
      statistics = .init(examples: examples, groups: layer.groups)
      layer.normalize(
        input, examples: examples, scale: scale, shift: shift, into: &output,
        statistics: &statistics)
    }
  }

  /// The definition, in Double.
  static func normalized(
    _ input: [Double], scale: [Double], shift: [Double], _ layer: GroupNormalization
  ) -> [Double] {
    let channels = layer.channels
    let size = channels / layer.groups
    var output = input
    for example in 0..<(input.count / channels / layer.positions) {
      for group in 0..<layer.groups {
        let members = (0..<(layer.positions * size)).map { index in
          (example * layer.positions + index / size) * channels + group * size + index % size
        }
        let mean = members.reduce(0) { $0 + input[$1] } / Double(members.count)
        let variance =
          members.reduce(0) { $0 + (input[$1] - mean) * (input[$1] - mean) }
          / Double(members.count)
        for member in members {
          let standardized = (input[member] - mean) / (variance + layer.epsilon).squareRoot()
          output[member] = scale[member % channels] * standardized + shift[member % channels]
        }
      }
    }
    return output
  }

  @Test(arguments: layers) func outputsAreThoseOfTheDefinition(layer: GroupNormalization) {
    let batch = Batch(layer)
    let expected = Self.normalized(
      batch.input.dropLast().map(Double.init), scale: batch.scale.map(Double.init),
      shift: batch.shift.map(Double.init), layer)
    for (value, exact) in zip(batch.output, expected) {
      #expect((Double(value) - exact).magnitude <= 2e-5)
    }
    #expect(batch.output.last == 5)
  }

  @Test func equalElementsBecomeTheShift() {
    let layer = GroupNormalization(positions: 7, channels: 4, groups: 2)
    var output = [Float](repeating: .nan, count: 28)
    var statistics = GroupNormalization.Statistics(examples: 1, groups: 2)
    layer.normalize(
      [Float](repeating: 0.1, count: 28), examples: 1, scale: [1, 1, 1, 1], shift: [1, 2, 3, 4],
      into: &output, statistics: &statistics)
    #expect(output == (0..<7).flatMap { _ in [1, 2, 3, 4] as [Float] })
  }

  /// Against central differences of the definition, for the loss `sum(weights * output)`.
  @Test(arguments: layers) func gradientsAreDerivatives(layer: GroupNormalization) {
    let batch = Batch(layer)
    let count = batch.input.count - 1
    let weights = samples(count + 1, seed: 4)
    var gradient = weights
    var scaleGradients = [Float](repeating: 5, count: Self.examples * layer.channels + 1)
    var shiftGradients = scaleGradients
    layer.propagate(
      &gradient, input: batch.input, statistics: batch.statistics, examples: Self.examples,
      scale: batch.scale, scaleGradients: &scaleGradients, shiftGradients: &shiftGradients)
    #expect(gradient.last == weights.last && scaleGradients.last == 5 && shiftGradients.last == 5)

    let input = batch.input.dropLast().map(Double.init)
    let scale = batch.scale.map(Double.init)
    let shift = batch.shift.map(Double.init)
    let length = count / Self.examples
    func loss(_ input: [Double], _ scale: [Double], _ shift: [Double], example: Int) -> Double {
      let range = (example * length)..<((example + 1) * length)
      let output = Self.normalized(Array(input[range]), scale: scale, shift: shift, layer)
      return zip(output, weights[range]).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    let step = 1e-4
    func derivative(_ values: [Double], at place: Int, _ loss: ([Double]) -> Double) -> Double {
      var moved = values
      moved[place] = values[place] + step
      let above = loss(moved)
      moved[place] = values[place] - step
      return (above - loss(moved)) / (2 * step)
    }
    for place in 0..<count {
      let exact = derivative(input, at: place) { loss($0, scale, shift, example: place / length) }
      #expect((Double(gradient[place]) - exact).magnitude <= 1e-4 * max(1, exact.magnitude))
    }
    for example in 0..<Self.examples {
      for channel in 0..<layer.channels {
        let index = example * layer.channels + channel
        let toScale = derivative(scale, at: channel) { loss(input, $0, shift, example: example) }
        let toShift = derivative(shift, at: channel) { loss(input, scale, $0, example: example) }
        #expect((Double(scaleGradients[index]) - toScale).magnitude <= 1e-4)
        #expect((Double(shiftGradients[index]) - toShift).magnitude <= 1e-4)
      }
    }
  }
}
