import LinearAlgebra

/// One product of square matrices, as a bar for the others.
func productBenchmark(size: Int) -> Benchmark {
  let view = MatrixView(rows: size, columns: size)
  let left = [Float](repeating: 0.5, count: view.count)
  let right = [Float](repeating: 0.25, count: view.count)
  var result = [Float](repeating: 0, count: view.count)
  return Benchmark(
    name: "sgemm-\(size)", unit: "floating-point operation",
    unitsPerRun: 2 * Double(size * size * size)
  ) {
    multiply(
      MatrixOperand(left, view), MatrixOperand(right, view), into: &result, at: view)
  }
}

/// The same with every thread making one of its own, in 10^9 floating-point operations a second: what
/// the machine reaches at most.
func productThroughput(size: Int, threads: Int) -> Throughput {
  let view = MatrixView(rows: size, columns: size)
  let left = [Float](repeating: 0.5, count: view.count)
  let right = [Float](repeating: 0.25, count: view.count)
  let results = (0..<threads).map { _ in Product(count: view.count) }
  let workers = Workers(count: threads)
  return Throughput(
    "product-\(size)", mode: "plain", threads: threads, unit: "gigaflops",
    units: Double(threads) * 2 * Double(size * size * size) / 1e9
  ) {
    workers.run(parts: threads) { _, part in
      multiply(
        MatrixOperand(left, view), MatrixOperand(right, view), into: &results[part].values,
        at: view)
    }
  }
}

private final class Product {
  var values: [Float]

  init(count: Int) { values = [Float](repeating: 0, count: count) }
}
