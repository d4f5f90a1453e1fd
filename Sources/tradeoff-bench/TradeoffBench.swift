import Accounting
import Datasets
import LinearAlgebra

@main
struct TradeoffBench {
  /// Times the kernels; with `accountants GRID.csv` times an accountant on other packages' queries.
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "steps" {
      BLASLibrary.restartWithBestKernel()
      BLASLibrary.useOneThread()
      let images = try KnownDataset.fashionMNIST.load(folder: nil).training
      print(Throughput.header)
      func isWanted(_ name: String) -> Bool { arguments.count < 2 || arguments.contains(name) }
      for workload in StepWorkload.all where isWanted(workload.name) {
        for threads in [1, 2] where !arguments.contains("t1") || threads == 1 {
          for isPrivate in [true, false] where !arguments.contains("private") || isPrivate {
            print(workload.measure(on: images, isPrivate: isPrivate, threads: threads).row)
          }
        }
      }
      for workload in RoundWorkload.all where isWanted(workload.name) {
        for threads in [1, 2] { print(workload.measure(on: images, threads: threads).row) }
      }
    } else if arguments.first == "accountants", let grid = arguments.dropFirst().first {
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
    for benchmark in noiseBenchmarks() + accountingBenchmarks() {
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
