public import Datasets
public import LinearAlgebra
internal import Mechanisms
public import Models

/// Clipped gradients of single examples: DP-SGD (Abadi et al. 2016). An update is minus the gradient,
/// so that the model moves along it.
///
/// The training examples are cut into shards by their place in the data set, and each shard's clipped
/// gradients are summed apart, in microbatches of a size that the network sets. So memory does not grow
/// with the batch, the sums do not depend on how many threads there are, and an example moves the sum
/// of its own shard alone, as long as the others keep their places in the data set.
public struct ExampleGradients: UpdateSource {
  private let network: Network
  private let examples: LabeledExamples
  private let shardCount: Int
  /// One a worker.
  private var benches: [Bench] = []
  /// One a model.
  private var weights: [StepWeights] = []
  /// The shards that are worked on at a time.
  private var slots: [ShardSlot] = []

  /// - Parameter expectedBatchSize: the public number of examples in a batch.
  public init(network: Network, examples: LabeledExamples, expectedBatchSize: Double) {
    self.network = network
    self.examples = examples
    shardCount = Self.shardCount(expectedBatchSize: expectedBatchSize)
  }

  public var population: Int { examples.exampleCount }

  private static let shardsAtATime = 8

  /// Shards of 128 expected examples, so that few threads share even a small batch; of 256 where
  /// there are enough.
  static func shardCount(expectedBatchSize: Double) -> Int {
    let small = Int((expectedBatchSize / 128).rounded(.up))
    let large = Int((expectedBatchSize / 256).rounded(.up))
    return max(1, min(small, shardsAtATime), large)
  }

  public mutating func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [UpdateOutcomes] {
    reserve(models: models.count, workers: workers.count)
    var outcomes = [ClipOutcomes](repeating: ClipOutcomes(), count: models.count)
    for (index, model) in models.enumerated() {
      weights[index].make(of: model.parameters, network, workers: workers)
    }
    let (benches, slots) = (benches, slots)
    for first in stride(from: 0, to: shardCount, by: Self.shardsAtATime) {
      let shards = first..<min(first + Self.shardsAtATime, shardCount)
      workers.run(parts: shards.count) { worker, part in
        slots[part].clear()
        flushingSubnormals {
          addGradients(
            of: members(of: cohort, inShard: shards.lowerBound + part), to: slots[part],
            models: models, at: benches[worker])
        }
      }
      for (index, model) in models.enumerated() {
        var added = ClipOutcomes()
        for slot in slots[..<shards.count] { added.add(slot.outcomes[index]) }
        model.sum.add(
          shards: slots[..<shards.count].map { $0.sums[index] }, outcomes: added, workers: workers)
        outcomes[index].add(added)
      }
    }
    return outcomes.map(UpdateOutcomes.init(clipping:))
  }

  /// The part of an ascending cohort that lies in a shard's range of examples.
  private func members(of cohort: [Int], inShard shard: Int) -> ArraySlice<Int> {
    func place(_ shard: Int) -> Int {
      let start = examples.exampleCount * shard / shardCount
      var range = cohort.startIndex..<cohort.endIndex
      while !range.isEmpty {
        let middle = range.lowerBound + range.count / 2
        if cohort[middle] < start {
          range = (middle + 1)..<range.upperBound
        } else {
          range = range.lowerBound..<middle
        }
      }
      return range.lowerBound
    }
    return cohort[place(shard)..<place(shard + 1)]
  }

  private func addGradients(
    of members: ArraySlice<Int>, to slot: ShardSlot, models: [ModelInRound], at bench: Bench
  ) {
    // Equal parts: a small rest would cost almost as much as a whole microbatch.
    let parts = (members.count + network.microbatch - 1) / network.microbatch
    for part in 0..<parts {
      let batch = members.dropFirst(members.count * part / parts)
        .prefix(members.count * (part + 1) / parts - members.count * part / parts)
      bench.load(batch, of: examples)
      for (index, model) in models.enumerated() {
        if slot.add(network, model, weights[index], at: index, bench: bench) { continue }
        // Some gradient is not finite: it counts as zero, and must not spoil the others.
        for place in batch.indices {
          bench.load(batch[place...place], of: examples)
          if !slot.add(network, model, weights[index], at: index, bench: bench) {
            slot.skip(at: index)
          }
        }
        bench.load(batch, of: examples)
      }
    }
  }

  private mutating func reserve(models: Int, workers: Int) {
    while benches.count < workers { benches.append(Bench(network)) }
    while weights.count < models { weights.append(StepWeights(for: network)) }
    if slots.first?.sums.count != models {
      slots = (0..<min(shardCount, Self.shardsAtATime)).map { _ in
        ShardSlot(models: models, parameterCount: network.parameterCount)
      }
    }
  }
}

/// A worker's buffers.
private final class Bench {
  var workspace: Workspace
  private var indices: [Int32] = []

  init(_ network: Network) {
    workspace = Workspace(for: network, capacity: network.microbatch)
    indices.reserveCapacity(network.microbatch)
  }

  func load(_ batch: ArraySlice<Int>, of examples: LabeledExamples) {
    indices.removeAll(keepingCapacity: true)
    for index in batch { indices.append(Int32(index)) }
    workspace.load(indices[...], features: examples.features, labels: examples.labels)
  }
}

/// The clipped gradients of one shard, summed apart for each model.
private final class ShardSlot {
  private(set) var sums: [[Float]]
  private(set) var outcomes: [ClipOutcomes]

  init(models: Int, parameterCount: Int) {
    sums = (0..<models).map { _ in [Float](repeating: 0, count: parameterCount) }
    outcomes = [ClipOutcomes](repeating: ClipOutcomes(), count: models)
  }

  func clear() {
    for index in sums.indices {
      LinearAlgebra.clear(&sums[index])
      outcomes[index] = ClipOutcomes()
    }
  }

  /// Subtracts the clipped gradients of the loaded batch.
  ///
  /// - Returns: false, with nothing added, where one of them is not finite and the bound has to hold.
  func add(
    _ network: Network, _ model: ModelInRound, _ weights: StepWeights, at index: Int,
    bench: Bench
  ) -> Bool {
    network.differentiate(model.parameters, weights: weights, in: &bench.workspace)
    let count = bench.workspace.batchCount
    if model.sum.bound == .unbounded {
      network.addGradients(in: &bench.workspace, scale: -1, to: &sums[index])
      outcomes[index].noteUnmeasured(count)
      return true
    }
    network.measureNorms(in: &bench.workspace)
    guard bench.workspace.squaredNorms.allSatisfy({ $0[..<count].allSatisfy(\.isFinite) })
    else { return false }
    model.sum.bound.weigh(
      squaredNorms: bench.workspace.squaredNorms, examples: count,
      weights: &bench.workspace.weights, noting: &outcomes[index])
    bench.workspace.negateWeights()
    network.addWeightedGradients(in: &bench.workspace, to: &sums[index])
    return true
  }

  /// Notes a gradient that is not finite.
  func skip(at index: Int) {
    outcomes[index].note(ClipOutcome(norm: .infinity, wasClipped: true))
  }
}
