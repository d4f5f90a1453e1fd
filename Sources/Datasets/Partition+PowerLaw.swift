import Foundation
import Randomness

func powerLawPartition(
  exampleCount: Int, clientCount: Int, exponent: Double, random: inout RandomStream
) -> ClientPartition {
  var examples = (0..<exampleCount).map { Int32($0) }
  random.shuffle(&examples)
  return ClientPartition(
    dealt: examples,
    sizes: powerLawParts(of: exampleCount, count: clientCount, exponent: exponent))
}

/// The sizes of `count` parts of `total`, falling: one for each, and of the rest shares in proportion to
/// k^-`exponent`, rounded down; what rounding leaves goes to the largest remainders, one each, the
/// earlier part first where they are equal.
func powerLawParts(of total: Int, count: Int, exponent: Double) -> [Int] {
  let weights = (1...count).map { pow(Double($0), -exponent) }
  let rest = total - count
  let unit = Double(rest) / weights.reduce(0, +)
  let shares = weights.map { $0 * unit }
  var sizes = shares.map { 1 + Int($0) }
  let byRemainder = shares.indices.sorted {
    let (one, other) = (
      shares[$0] - shares[$0].rounded(.down), shares[$1] - shares[$1].rounded(.down)
    )
    return one == other ? $0 < $1 : one > other
  }
  let left = total - sizes.reduce(0, +)
  for part in byRemainder.prefix(left) { sizes[part] += 1 }
  return sizes
}
