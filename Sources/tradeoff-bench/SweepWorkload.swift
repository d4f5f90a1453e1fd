import Accounting
import Datasets
import LinearAlgebra
import Models
import Randomness
import Training

/// Eight noise multipliers by three replicates of logistic regression, one epoch each with an expected
/// batch of 256, each setting priced.
struct SweepWorkload {
  /// Whether the settings of a replicate train side by side.
  let isFused: Bool

  private static let noiseMultipliers = [0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6]
  private static let replicates = 3
  private static let batchSize = 256.0

  func measure(on images: LabeledExamples, threads: Int) -> Throughput {
    let rate = Self.batchSize / Double(images.exampleCount)
    let rounds = Int((1 / rate).rounded(.up))
    let network = Architecture.logisticRegression.network(for: images)
    return Throughput(
      isFused ? "sweep" : "sweep-unfused", mode: "private", threads: threads, unit: "sweeps",
      units: 1
    ) {
      price(rate: rate, rounds: rounds)
      let groups = (0..<Self.replicates).flatMap { replicate in
        isFused
          ? [Group(replicate: replicate, noiseMultipliers: Self.noiseMultipliers)]
          : Self.noiseMultipliers.map { Group(replicate: replicate, noiseMultipliers: [$0]) }
      }
      let workers = Workers(count: threads)
      if isFused {
        for group in groups { group.train(network, images, rate, rounds, workers) }
      } else {
        workers.run(parts: groups.count) { _, part in
          groups[part].train(network, images, rate, rounds, .one)
        }
      }
    }
  }

  private func price(rate: Double, rounds: Int) {
    for noiseMultiplier in Self.noiseMultipliers {
      var accountant = AccountantKind.pld.makeAccountant(relation: .addOrRemoveOne)
      let event = PrivacyEvent.repeated(
        .poissonSampled(.gaussian(noiseMultiplier: noiseMultiplier), samplingRate: rate),
        count: rounds)
      guard (try? accountant.compose(event)) != nil,
        (try? accountant.epsilon(atDelta: 1e-5)) != nil
      else { preconditionFailure("sampled Gaussians can be priced") }
    }
  }

  private struct Group {
    let replicate: Int
    let noiseMultipliers: [Double]

    func train(
      _ network: Network, _ images: LabeledExamples, _ rate: Double, _ rounds: Int,
      _ workers: Workers
    ) {
      let shared = StreamKey(seed: 9).child(.replicate, UInt64(replicate))
      let models = noiseMultipliers.map {
        network.model(
          noiseMultiplier: $0, learningRate: 0.1, rounds: rounds,
          initial: shared.child(.initialParameters), noise: shared.child(.trial, $0.bitPattern))
      }
      var trainer = Trainer(
        models: models,
        sampler: PoissonSampler(samplingRate: rate, unitCount: images.exampleCount),
        source: ExampleGradients(
          network: network, examples: images, expectedBatchSize: SweepWorkload.batchSize),
        keys: SharedKeys(shared), workers: workers)
      trainer.run(rounds: rounds)
    }
  }
}
