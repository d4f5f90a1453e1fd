import LinearAlgebra

/// How fast a workload runs, as a row of the table that is held against other packages.
struct Throughput {
  let workload: String
  /// `private` or `plain`.
  let mode: String
  let threads: Int
  let unit: String
  let perSecond: (median: Double, fastest: Double, slowest: Double)
  let runs: Int

  static let header =
    "workload,mode,threads,unit,per_second_median,per_second_fastest,per_second_slowest,runs,"
    + "blas_kernel,vector_level"

  var row: String {
    let figures = [perSecond.median, perSecond.fastest, perSecond.slowest]
      .map { String(Double(Int(($0 * 100).rounded())) / 100) }
    return
      ([workload, mode, "\(threads)", unit] + figures
      + ["\(runs)", BLASLibrary.kernel, BLASLibrary.vectorLevel]).joined(separator: ",")
  }

  /// Times `run`, which does `units` of work, after a warm-up.
  init(
    _ workload: String, mode: String, threads: Int, unit: String, units: Double, runs: Int = 5,
    run: () throws -> Void
  ) rethrows {
    try run()
    let clock = ContinuousClock()
    let times = try (0..<runs).map { _ in try clock.measure { try run() } / .seconds(1) }.sorted()
    self.workload = workload
    self.mode = mode
    self.threads = threads
    self.unit = unit
    self.runs = runs
    perSecond = (units / times[runs / 2], units / times[0], units / times[runs - 1])
  }
}
