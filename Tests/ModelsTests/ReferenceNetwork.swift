import Foundation
import LinearAlgebra
import Models

/// The network again, one number at a time in double precision, and its gradients by differences.
struct ReferenceNetwork {
  private let layers: [LayerKind]
  private let loss: Loss
  private let input: Shape
  private let outputWidth: Int

  init(_ architecture: Architecture, input: Shape, classCount: Int) {
    loss = architecture.loss
    let isSigned = loss == .logistic || loss == .hinge
    outputWidth = isSigned && classCount == 2 ? 1 : classCount
    layers = architecture.hiddenLayers + [.dense(outputWidth: outputWidth)]
    self.input = input
  }

  /// An image, `[height, width, channel]`.
  private struct Image {
    var height: Int
    var width: Int
    var channels: Int
    var values: [Double]

    init(_ height: Int, _ width: Int, _ channels: Int, _ values: [Double]? = nil) {
      self.height = height
      self.width = width
      self.channels = channels
      self.values = values ?? [Double](repeating: 0, count: height * width * channels)
    }

    subscript(row: Int, column: Int, channel: Int) -> Double {
      get { values[(row * width + column) * channels + channel] }
      set { values[(row * width + column) * channels + channel] = newValue }
    }
  }

  /// Arrays of parameters in the order in which layers read them.
  private struct Reader {
    let parameters: [Double]
    var place = 0

    mutating func next(_ count: Int) -> ArraySlice<Double> {
      place += count
      return parameters[place - count..<place]
    }
  }

  func outputs(_ parameters: [Double], input values: [Double]) -> [Double] {
    var reader = Reader(parameters: parameters)
    var image = Image(input.height, input.width, input.channels, values)
    for layer in layers {
      switch layer {
      case .dense(let width): image = dense(image, width, &reader)
      case .convolution(let filters, let size, let stride, let padding):
        image = convolution(image, filters, size, stride, padding, &reader)
      case .maxPool(let size, let stride):
        image = pool(image, size, stride) { $0.max()! }
      case .averagePool(let size, let stride):
        image = pool(image, size, stride) { $0.reduce(0, +) / Double($0.count) }
      case .groupNorm(let groups): image = groupNorm(image, groups, &reader)
      case .flatten: image = Image(1, 1, image.values.count, image.values)
      case .activation(let activation): image.values = image.values.map { apply(activation, $0) }
      }
    }
    precondition(reader.place == parameters.count)
    return image.values
  }

  private func dense(_ image: Image, _ width: Int, _ reader: inout Reader) -> Image {
    let count = image.values.count
    let weights = reader.next(width * count)
    let biases = reader.next(width)
    return Image(
      1, 1, width,
      (0..<width).map { output in
        (0..<count).reduce(biases[biases.startIndex + output]) {
          $0 + weights[weights.startIndex + output * count + $1] * image.values[$1]
        }
      })
  }

  private func convolution(
    _ image: Image, _ filters: Int, _ size: Int, _ stride: Int, _ padding: Int,
    _ reader: inout Reader
  ) -> Image {
    let weights = reader.next(filters * size * size * image.channels)
    let biases = reader.next(filters)
    var result = Image(
      (image.height + 2 * padding - size) / stride + 1,
      (image.width + 2 * padding - size) / stride + 1, filters)
    for row in 0..<result.height {
      for column in 0..<result.width {
        for filter in 0..<filters {
          var sum = biases[biases.startIndex + filter]
          for y in 0..<size {
            for x in 0..<size {
              let (from, at) = (row * stride + y - padding, column * stride + x - padding)
              if !(0..<image.height).contains(from) || !(0..<image.width).contains(at) { continue }
              let weight =
                weights.startIndex + ((filter * size + y) * size + x) * image.channels
              for channel in 0..<image.channels {
                sum += weights[weight + channel] * image[from, at, channel]
              }
            }
          }
          result[row, column, filter] = sum
        }
      }
    }
    return result
  }

  private func pool(
    _ image: Image, _ size: Int, _ stride: Int, _ combine: ([Double]) -> Double
  ) -> Image {
    var result = Image(
      (image.height - size) / stride + 1, (image.width - size) / stride + 1, image.channels)
    for row in 0..<result.height {
      for column in 0..<result.width {
        for channel in 0..<image.channels {
          result[row, column, channel] = combine(
            (0..<size * size).map {
              image[row * stride + $0 / size, column * stride + $0 % size, channel]
            })
        }
      }
    }
    return result
  }

  private func groupNorm(_ image: Image, _ groups: Int, _ reader: inout Reader) -> Image {
    let scales = reader.next(image.channels)
    let shifts = reader.next(image.channels)
    var result = image
    let width = image.channels / groups
    for group in 0..<groups {
      let places = image.values.indices.filter { $0 % image.channels / width == group }
      let count = Double(places.count)
      let mean = places.reduce(0) { $0 + image.values[$1] } / count
      let variance =
        places.reduce(0) { $0 + (image.values[$1] - mean) * (image.values[$1] - mean) } / count
      for place in places {
        let channel = place % image.channels
        result.values[place] =
          (image.values[place] - mean) / (variance + 1e-5).squareRoot()
          * scales[scales.startIndex + channel] + shifts[shifts.startIndex + channel]
      }
    }
    return result
  }

  private func apply(_ activation: Activation, _ value: Double) -> Double {
    switch activation {
    case .relu: max(value, 0)
    case .tanh: tanh(value)
    case .temperedSigmoid(let sigmoid):
      Double(sigmoid.scale) / (1 + exp(-Double(sigmoid.temperature) * value))
        - Double(sigmoid.offset)
    }
  }

  /// One example's loss.
  func loss(_ parameters: [Double], input: [Double], label: Int) -> Double {
    let outputs = outputs(parameters, input: input)
    switch loss {
    case .crossEntropy:
      return log(outputs.reduce(0) { $0 + exp($1) }) - outputs[label]
    case .squared:
      return outputs.indices.reduce(0) {
        let error = outputs[$1] - ($1 == label ? 1 : 0)
        return $0 + 0.5 * error * error
      }
    case .logistic:
      return margins(outputs, label: label).reduce(0) { $0 + log(1 + exp(-$1)) }
    case .hinge:
      return margins(outputs, label: label).reduce(0) { $0 + max(0, 1 - $1) }
    }
  }

  /// One output tells class 1 from class 0; of several, each tells its class from the others.
  private func margins(_ outputs: [Double], label: Int) -> [Double] {
    if outputs.count == 1 { return label == 1 ? outputs : [-outputs[0]] }
    return outputs.indices.map { $0 == label ? outputs[$0] : -outputs[$0] }
  }

  /// The mean loss.
  func loss(_ parameters: [Double], inputs: [[Double]], labels: [Int]) -> Double {
    zip(inputs, labels).reduce(0) { $0 + loss(parameters, input: $1.0, label: $1.1) }
      / Double(labels.count)
  }

  /// One example's gradient by central differences: off by less than 1e-8 here, unless a rectifier, a
  /// maximum or a hinge switches within the step.
  func gradient(_ parameters: [Double], input: [Double], label: Int) -> [Double] {
    let step = 1e-5
    var moved = parameters
    return parameters.indices.map { index in
      moved[index] = parameters[index] + step
      let above = loss(moved, input: input, label: label)
      moved[index] = parameters[index] - step
      let below = loss(moved, input: input, label: label)
      moved[index] = parameters[index]
      return (above - below) / (2 * step)
    }
  }
}
