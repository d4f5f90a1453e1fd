import Datasets
import Federation
import Foundation
import LinearAlgebra
import Synchronization

typealias Image = (pixels: [Float], label: Int)

/// Images, clients and NumPy's models; `make_reference.py` says how they were made.
struct SoftmaxReference {
  let images: LabeledExamples
  private let pixels: [UInt8]
  let clients: [[Image]]
  /// By weighting and array.
  let models: [String: [String: [Double]]]

  private struct Contents: Decodable {
    let sizes: [Int]
    let pixels: [UInt8]
    let labels: [UInt8]
    let mean: [String: [Double]]
    let weighted: [String: [Double]]
    let clipped: [String: [Double]]
  }

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/softmax_regression.json")
    let contents = try JSONDecoder().decode(Contents.self, from: Data(contentsOf: file))
    let images = LabeledExamples(
      features: .bytes(contents.pixels), labels: contents.labels, featureCount: 49, classCount: 10)
    self.images = images
    self.pixels = contents.pixels
    var all = images.labels.indices.map { Self.image($0, contents.pixels, contents.labels) }[...]
    clients = contents.sizes.map { size in
      defer { all = all.dropFirst(size) }
      return Array(all.prefix(size))
    }
    models = [
      "mean": contents.mean, "weighted": contents.weighted, "clipped": contents.clipped,
    ]
  }

  func image(_ index: Int) -> Image { Self.image(index, pixels, images.labels) }

  private static func image(_ index: Int, _ pixels: [UInt8], _ labels: [UInt8]) -> Image {
    (pixels[(49 * index)...].prefix(49).map { Float($0) / 255 }, Int(labels[index]))
  }
}

/// The gradient of softmax regression's mean cross-entropy, by its definition.
@Sendable func softmaxGradient(of model: NamedParameters, on batch: [Image]) -> [String: [Float]] {
  let (weight, bias) = (model["weight"], model["bias"])
  var gradients = [Float](repeating: 0, count: weight.count)
  var biasGradients = [Float](repeating: 0, count: bias.count)
  for (pixels, label) in batch {
    let scores = bias.indices.map { row in
      pixels.indices.reduce(bias[row]) { $0 + weight[row * pixels.count + $1] * pixels[$1] }
    }
    let powers = scores.map { exp($0) }
    let total = powers.reduce(0, +)
    for row in bias.indices {
      let error = (powers[row] / total - (row == label ? 1 : 0)) / Float(batch.count)
      biasGradients[row] += error
      for pixel in pixels.indices { gradients[row * pixels.count + pixel] += error * pixels[pixel] }
    }
  }
  return ["weight": gradients, "bias": biasGradients]
}

/// Something that several threads ask.
final class Switch: Sendable {
  private let state = Mutex(false)

  var isOn: Bool {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
