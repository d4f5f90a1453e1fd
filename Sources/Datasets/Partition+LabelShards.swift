import Randomness

func labelShardPartition(
  labels: [UInt8], classCount: Int, clientCount: Int, shardsPerClient: Int,
  random: inout RandomStream
) -> ClientPartition {
  let sorted = examplesByClass(labels: labels, classCount: classCount).flatMap { $0 }
  let shardCount = clientCount * shardsPerClient
  let shardSizes = equalParts(of: labels.count, count: shardCount)
  let shardStarts = shardSizes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }

  var deck = Array(0..<shardCount)
  random.shuffle(&deck)
  var dealt: [Int32] = []
  dealt.reserveCapacity(labels.count)
  var sizes: [Int] = []
  for client in 0..<clientCount {
    let before = dealt.count
    for shard in deck[client * shardsPerClient..<(client + 1) * shardsPerClient] {
      dealt += sorted[shardStarts[shard]..<shardStarts[shard + 1]]
    }
    sizes.append(dealt.count - before)
  }
  return ClientPartition(dealt: dealt, sizes: sizes)
}

/// The positions of each class's examples, ascending.
func examplesByClass(labels: [UInt8], classCount: Int) -> [[Int32]] {
  var examples = [[Int32]](repeating: [], count: classCount)
  for (position, label) in labels.enumerated() {
    examples[Int(label)].append(Int32(position))
  }
  return examples
}
