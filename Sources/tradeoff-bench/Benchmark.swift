/// A piece of work whose time is measured.
struct Benchmark {
  let name: String
  /// What one unit of work is, such as `sample`.
  let unit: String
  /// Units of work that one call does.
  let unitsPerRun: Double
  let run: () throws -> Void

  static let runs = 7

  /// Median, fastest and slowest time of a unit, in nanoseconds, over several runs after a warm-up.
  func measure() throws -> (median: Double, fastest: Double, slowest: Double) {
    try run()
    let clock = ContinuousClock()
    var times: [Double] = []
    for _ in 0..<Self.runs {
      let elapsed = try clock.measure { try run() }
      times.append(elapsed / .nanoseconds(1) / unitsPerRun)
    }
    times.sort()
    return (times[times.count / 2], times[0], times[times.count - 1])
  }
}
