import Accounting
import ArgumentParser
import Datasets
import Federation
import Foundation
import LinearAlgebra
import Mechanisms
import Training

typealias Image = (pixels: [Float], label: Int)

/// Softmax regression: the probability of each class.
func probabilities(_ model: NamedParameters, _ pixels: [Float]) -> [Float] {
  let (weight, bias) = (model["weight"], model["bias"])
  let scores = bias.indices.map { label in
    var score = bias[label]
    for pixel in pixels.indices { score += weight[label * pixels.count + pixel] * pixels[pixel] }
    return score
  }
  let powers = scores.map { exp($0 - scores.max()!) }
  return powers.map { $0 / powers.reduce(0, +) }
}

/// The gradient of its mean cross-entropy over a batch.
@Sendable func gradient(of model: NamedParameters, on batch: [Image]) -> [String: [Float]] {
  var weight = [Float](repeating: 0, count: model["weight"].count)
  var bias = [Float](repeating: 0, count: model["bias"].count)
  for image in batch {
    for (label, probability) in probabilities(model, image.pixels).enumerated() {
      let error = (probability - (label == image.label ? 1 : 0)) / Float(batch.count)
      bias[label] += error
      let row = label * image.pixels.count
      for pixel in image.pixels.indices { weight[row + pixel] += error * image.pixels[pixel] }
    }
  }
  return ["weight": weight, "bias": bias]
}

@main struct FederateExample: ParsableCommand {
  @Option(help: "Rounds of training.") var rounds = 10
  @Option(help: "Images to train on, 1000 to 60000.") var images = 55_000

  func run() throws {
    let data = try KnownDataset.fashionMNIST.load()
    let training = self.images(of: data.training)
    let test = self.images(of: data.test)

    /// Federates the model, and says what it has learned and what that cost.
    func federate(
      _ title: String, _ clients: [[Image]], _ weighting: ClientWeighting,
      _ sampler: any CohortSampler, _ mechanism: any NoiseMechanism
    ) throws {
      var federation = try FederatedTraining(
        of: NamedParameters(shapes: ["weight": [10, 784], "bias": [10]]), on: clients,
        epochs: 1, batchSize: 20, learningRate: 0.05, weighting: weighting,
        sampler: sampler, mechanism: mechanism, seed: 1, threads: 2, gradient: gradient)
      var ledger = Ledger()
      for _ in 0..<rounds { try federation.runRound(charging: &ledger) }
      let guarantee = try PrivacyGuarantee(
        of: ledger.event, atDelta: 1e-5, unit: .client, relation: .addOrRemoveOne, accountant: .pld)
      let model = federation.model
      let right = test.count {
        let found = probabilities(model, $0.pixels)
        return found[$0.label] == found.max()
      }
      let accuracy = String(format: "%.1f", 100 * Double(right) / Double(test.count))
      print("\(title): \(accuracy) % of test images; \(guarantee).")
    }

    // The k-th of ten clients holds k parts of 55.
    let part = training.count / 55
    let ten = (1...10).map { Array(training[(part * $0 * ($0 - 1) / 2)...].prefix(part * $0)) }
    let everyone = FullParticipation(unitCount: ten.count)
    try federate("Ten clients", ten, .uniform, everyone, NonPrivateMechanism())
    try federate(
      "Ten clients, weighted by their examples", ten,
      .byExamples(cap: 10 * part, expected: 5.5 * Double(part)), everyone,
      NonPrivateMechanism())

    // Privacy hides a client in a crowd.
    let share = training.count / 1000
    let crowd = (0..<1000).map { Array(training[(share * $0)...].prefix(share)) }
    try federate(
      "A thousand clients with privacy", crowd, .uniform,
      PoissonSampler(samplingRate: 0.1, unitCount: crowd.count),
      GaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 1))
  }

  func images(of data: LabeledExamples) -> [Image] {
    guard case .bytes(let pixels) = data.features else { return [] }
    return data.labels.prefix(images).enumerated().map { index, label in
      (pixels[(784 * index)...].prefix(784).map { Float($0) / 255 }, Int(label))
    }
  }

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("--rounds is at least 1") }
    guard (1000...60_000).contains(images) else {
      throw ValidationError("--images is from 1000 to 60000")
    }
  }
}
