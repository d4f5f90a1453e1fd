import Randomness

func iidPartition(
  exampleCount: Int, clientCount: Int, random: inout RandomStream
) -> ClientPartition {
  var examples = (0..<exampleCount).map { Int32($0) }
  random.shuffle(&examples)
  return ClientPartition(dealt: examples, sizes: equalParts(of: exampleCount, count: clientCount))
}
