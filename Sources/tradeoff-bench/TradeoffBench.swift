import ArgumentParser
import LinearAlgebra

@main
struct TradeoffBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tradeoff-bench",
    abstract: "Times this program's work; all output is CSV.",
    subcommands: [KernelsCommand.self, TrainingCommand.self, AccountantsCommand.self],
    defaultSubcommand: KernelsCommand.self)

  /// Products as fast as in `tradeoff run`.
  static func prepareBLAS() {
    BLASLibrary.restartWithBestKernel()
    BLASLibrary.useOneThread()
  }
}

struct KernelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels",
    abstract: "Time noise, products, accounting and secure sums on one thread.")

  func run() throws {
    TradeoffBench.prepareBLAS()
    print(
      "# one thread; OpenBLAS kernel \(BLASLibrary.kernel), \(BLASLibrary.vectorLevel); times in "
        + "nanoseconds per unit")
    print("benchmark,unit,median,fastest,slowest,runs")
    let benchmarks =
      noiseBenchmarks() + [productBenchmark(size: 512)] + accountingBenchmarks()
      + (try secureSumBenchmarks())
    for benchmark in benchmarks {
      let time = try benchmark.measure()
      print(
        [benchmark.name, benchmark.unit, text(time.median), text(time.fastest), text(time.slowest)]
          .joined(separator: ",") + ",\(Benchmark.runs)")
    }
  }

  private func text(_ value: Double) -> String {
    String(Double(Int((value * 1000).rounded())) / 1000)
  }
}

struct AccountantsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accountants", abstract: "Time an accountant on other packages' queries.")

  @Argument(help: "The queries, as CSV.")
  var grid: String

  func run() throws {
    try AccountantQueries().printTimes(grid: AccountantQueries.readGrid(grid))
  }
}
