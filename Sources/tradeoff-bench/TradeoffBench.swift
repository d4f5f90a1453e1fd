import Accounting
import LinearAlgebra

@main
struct TradeoffBench {
  /// Times the kernels; with `accountants GRID.csv` times an accountant on other packages' queries.
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "accountants", let grid = arguments.dropFirst().first {
      try AccountantQueries().printTimes(grid: AccountantQueries.readGrid(grid))
    } else {
      try timeKernels()
    }
  }

  private static func timeKernels() throws {
    BLASLibrary.restartWithBestKernel()
    BLASLibrary.useOneThread()
    print("# one thread; OpenBLAS kernel \(BLASLibrary.kernel); times in nanoseconds per unit")
    print("benchmark,unit,median,fastest,slowest,runs")
    for benchmark in noiseBenchmarks() + trainingBenchmarks() + accountingBenchmarks() {
      let time = try benchmark.measure()
      print(
        [benchmark.name, benchmark.unit, text(time.median), text(time.fastest), text(time.slowest)]
          .joined(separator: ",") + ",\(Benchmark.runs)")
    }
  }

  private static func text(_ value: Double) -> String {
    String(Double(Int((value * 1000).rounded())) / 1000)
  }
}
