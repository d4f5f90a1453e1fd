#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension RandomStream {
  /// Puts the elements in an order chosen uniformly among all orders (Fisher and Yates 1938).
  @inlinable
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count >= 2 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, uniformInteger(below: last + 1))
    }
  }

  /// `count` distinct indices of 0 ..< `population`, ascending, every subset equally likely.
  ///
  /// Floyd's method (Bentley and Floyd, Programming pearls: a sample of brilliance, CACM 1987):
  /// `count` uniform integers and memory for `count` indices, however large the population.
  /// - Parameters:
  ///   - count: In 0 ... `population`.
  ///   - population: At least 0.
  public mutating func sampleWithoutReplacement(
    _ count: Int, outOf population: Int
  ) -> [Int] {
    precondition(population >= 0, "population must be at least 0, not \(population)")
    precondition(
      (0...population).contains(count), "count must lie in 0 ... \(population), not be \(count)")
    var chosen = Set<Int>(minimumCapacity: count)
    for last in (population - count)..<population {
      let candidate = uniformInteger(below: last + 1)
      if !chosen.insert(candidate).inserted { chosen.insert(last) }
    }
    return chosen.sorted()
  }

  /// The indices of 0 ..< `population` that enter a Poisson sample, ascending: each independently
  /// with probability `rate`.
  ///
  /// Draws the gaps between chosen indices, which are geometric, by inversion (Devroye, Non-Uniform
  /// Random Variate Generation, 1986, X.2), so the work is proportional to the sample. One uniform
  /// of 53 bits decides a gap: the probability of any gap is right to about 2⁻⁵³.
  /// - Parameters:
  ///   - rate: In [0, 1]; 0 chooses nobody, 1 everybody.
  ///   - population: In 0 ... 2⁵³, the integers that a `Double` counts exactly.
  public mutating func poissonSample(rate: Double, outOf population: Int) -> [Int] {
    precondition((0...1).contains(rate), "rate must lie in [0, 1], not be \(rate)")
    precondition(
      (0...1 << 53).contains(population), "population must lie in 0 ... 2^53, not be \(population)")
    if rate == 0 { return [] }
    if rate == 1 { return Array(0..<population) }
    let logFailure = log1p(-rate)
    var sample: [Int] = []
    var next = 0
    while true {
      let gap = log(1 - uniform()) / logFailure
      guard gap < Double(population - next) else { return sample }
      next += Int(gap)
      sample.append(next)
      next += 1
    }
  }
}
