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
///
/// Where a release is one of whole numbers, that is not enough: each example's gradient is computed by itself,
/// so that no other example changes a bit of it, and added on the grid. That takes several times as long.
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
  private var exactLanes: [ExactLane] = []

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
    let sharded = models.indices.filter { models[$0].sum.step == nil }
    let exact = models.indices.filter { models[$0].sum.step != nil }
    if !sharded.isEmpty {
      addShards(of: cohort, to: models, at: sharded, noting: &outcomes, workers: workers)
    }
    if !exact.isEmpty {
      addExactly(cohort, to: models, at: exact, noting: &outcomes, workers: workers)
    }
    return outcomes.map(UpdateOutcomes.init(clipping:))
  }

  private func addShards(
    of cohort: [Int], to models: [ModelInRound], at indices: [Int],
    noting outcomes: inout [ClipOutcomes], workers: Workers
  ) {
    let (benches, slots) = (benches, slots)
    for first in stride(from: 0, to: shardCount, by: Self.shardsAtATime) {
      let shards = first..<min(first + Self.shardsAtATime, shardCount)
      workers.run(parts: shards.count) { worker, part in
        slots[part].clear()
        flushingSubnormals {
          addGradients(
            of: members(of: cohort, inShard: shards.lowerBound + part), to: slots[part],
            models: models, indices, at: benches[worker])
        }
      }
      for index in indices {
        var added = ClipOutcomes()
        for slot in slots[..<shards.count] { added.add(slot.outcomes[index]) }
        models[index].sum.add(
          shards: slots[..<shards.count].map { $0.sums[index] }, outcomes: added, workers: workers)
        outcomes[index].add(added)
      }
    }
  }

  /// Adds every gradient by itself. The cohort is cut into lanes by its members' places, whoever works
  /// on them.
  private mutating func addExactly(
    _ cohort: [Int], to models: [ModelInRound], at indices: [Int],
    noting outcomes: inout [ClipOutcomes], workers: Workers
  ) {
    let sums = indices.map { models[$0].sum }
    if exactLanes.first?.parts.count != sums.count {
      exactLanes = (0..<Self.exactLaneCount).map { _ in ExactLane(sums) }
    }
    let (benches, lanes) = (benches, exactLanes)
    workers.run(parts: lanes.count) { worker, lane in
      let members =
        cohort[cohort.count * lane / lanes.count..<cohort.count * (lane + 1) / lanes.count]
      lanes[lane].begin(sums)
      flushingSubnormals {
        for place in members.indices {
          benches[worker].load(members[place...place], of: examples)
          for (part, index) in indices.enumerated() {
            lanes[lane].add(
              network, models[index].parameters, weights[index], at: part, bench: benches[worker])
          }
        }
      }
    }
    for (part, index) in indices.enumerated() {
      for lane in lanes { outcomes[index].add(lane.hand(to: sums[part], at: part)) }
    }
  }

  private static let exactLaneCount = 8

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
    of members: ArraySlice<Int>, to slot: ShardSlot, models: [ModelInRound], _ indices: [Int],
    at bench: Bench
  ) {
    // Equal parts: a small rest would cost almost as much as a whole microbatch.
    let parts = (members.count + network.microbatch - 1) / network.microbatch
    for part in 0..<parts {
      let batch = members.dropFirst(members.count * part / parts)
        .prefix(members.count * (part + 1) / parts - members.count * part / parts)
      bench.load(batch, of: examples)
      for index in indices {
        let model = models[index]
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

/// The clipped gradients of a part of the cohort, summed on the grid for each model whose release is one of
/// whole numbers.
private final class ExactLane {
  let parts: [ClippedSum]
  private var outcomes: [ClipOutcomes]
  private var gradient: [Float]

  init(_ sums: [ClippedSum]) {
    parts = sums.map { $0.makePart() }
    outcomes = sums.map { _ in ClipOutcomes() }
    gradient = [Float](repeating: 0, count: sums[0].dimension)
  }

  func begin(_ sums: [ClippedSum]) {
    for (part, sum) in zip(parts, sums) { part.prepare(for: sum) }
  }

  /// Subtracts the clipped gradient of the one example that is loaded. One that is not finite counts as zero.
  func add(
    _ network: Network, _ parameters: [Float], _ weights: StepWeights, at part: Int, bench: Bench
  ) {
    network.differentiate(parameters, weights: weights, in: &bench.workspace)
    clear(&gradient)
    network.addGradients(in: &bench.workspace, scale: -1, to: &gradient)
    outcomes[part].note(parts[part].add(clipping: gradient))
  }

  /// Adds what was collected for a model to its sum, and starts over.
  func hand(to sum: ClippedSum, at part: Int) -> ClipOutcomes {
    sum.add(parts[part])
    defer { outcomes[part] = ClipOutcomes() }
    return outcomes[part]
  }
}
