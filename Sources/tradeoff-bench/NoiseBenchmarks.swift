import Randomness

/// Gaussian noise, draw by draw through GSL and in bulk; and exact discrete noise, likewise.
func noiseBenchmarks() -> [Benchmark] {
  let count = 1 << 18
  var floats = [Float](repeating: 0, count: count)
  var doubles = [Double](repeating: 0, count: count)
  var integers = [Int](repeating: 0, count: count)
  let discrete = DiscreteGaussian(variance: RationalVariance(squareOf: 1 << 30))
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
    Benchmark(name: "discrete-gaussian", unit: "sample", unitsPerRun: Double(count)) {
      var stream = RandomStream(key)
      for index in integers.indices { integers[index] = discrete.sample(from: &stream) }
    },
    Benchmark(name: "discrete-gaussian-bulk", unit: "sample", unitsPerRun: Double(count)) {
      var stream = RandomStream(key)
      discrete.fill(&integers, from: &stream)
    },
  ]
}
