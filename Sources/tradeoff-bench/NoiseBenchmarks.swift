import Randomness

/// Gaussian noise, draw by draw through GSL and in bulk.
func noiseBenchmarks() -> [Benchmark] {
  let count = 1 << 18
  var floats = [Float](repeating: 0, count: count)
  var doubles = [Double](repeating: 0, count: count)
  let key = StreamKey(seed: 1)
  return [
    Benchmark(name: "gaussian-gsl", unit: "sample", unitsPerRun: Double(count)) {
      var stream = RandomStream(key)
      for index in doubles.indices { doubles[index] = stream.gaussian(standardDeviation: 1) }
    },
    Benchmark(name: "gaussian-bulk-float", unit: "sample", unitsPerRun: Double(count)) {
      var stream = RandomStream(key)
      stream.fillGaussian(&floats, standardDeviation: 1)
    },
    Benchmark(name: "gaussian-bulk-double", unit: "sample", unitsPerRun: Double(count)) {
      var stream = RandomStream(key)
      stream.fillGaussian(&doubles, standardDeviation: 1)
    },
  ]
}
