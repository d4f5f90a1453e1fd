import Randomness

func dirichletPartition(
  labels: [UInt8], classCount: Int, clientCount: Int, alpha: Double, random: inout RandomStream
) -> ClientPartition {
  var remaining = examplesByClass(labels: labels, classCount: classCount)
  let prior = remaining.map { Double($0.count) / Double(labels.count) }
  for label in 0..<classCount { random.shuffle(&remaining[label]) }

  let sizes = equalParts(of: labels.count, count: clientCount)
  var dealt: [Int32] = []
  dealt.reserveCapacity(labels.count)
  for size in sizes {
    var proportions = classProportions(
      alpha: alpha, prior: prior, remaining: remaining, random: &random)
    for _ in 0..<size {
      // A small alpha puts all of a client's mass on classes that may have run out, the rest
      // having underflowed to zero. Renormalizing a Dirichlet vector over some of its places gives
      // the Dirichlet distribution of those places alone, whatever the others hold; so a fresh draw
      // over the classes left is what exact arithmetic would have given.
      if !proportions.contains(where: { $0 > 0 }) {
        proportions = classProportions(
          alpha: alpha, prior: prior, remaining: remaining, random: &random)
      }
      let label = draw(from: proportions, random: &random)
      dealt.append(remaining[label].removeLast())
      if remaining[label].isEmpty { proportions[label] = 0 }
    }
  }
  return ClientPartition(dealt: dealt, sizes: sizes)
}

/// Draws proportions from Dir(alpha * prior) over the classes that have examples left, and zero
/// for the others.
private func classProportions(
  alpha: Double, prior: [Double], remaining: [[Int32]], random: inout RandomStream
) -> [Double] {
  let left = prior.indices.filter { !remaining[$0].isEmpty }
  let drawn = random.dirichlet(concentration: left.map { alpha * prior[$0] })
  var proportions = [Double](repeating: 0, count: prior.count)
  for (label, proportion) in zip(left, drawn) { proportions[label] = proportion }
  return proportions
}

/// Draws an index with probability proportional to its weight; some weight is positive.
private func draw(from weights: [Double], random: inout RandomStream) -> Int {
  var rest = random.uniform() * weights.reduce(0, +)
  var chosen = 0
  for (index, weight) in weights.enumerated() where weight > 0 {
    chosen = index
    if rest < weight { break }
    rest -= weight
  }
  return chosen
}
