import ArgumentParser
import Datasets
import Foundation
import LinearAlgebra

struct TrainingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training",
    abstract: "Time training on Fashion-MNIST, as the peers' scripts do theirs.",
    discussion: "Workloads: \(names.joined(separator: ", ")).")

  @Argument(help: "Workloads to time. (default: all)")
  var workloads: [String] = []

  @Option(help: "A folder with the data set's files. (default: where installed)")
  var data: String?

  @Option(help: "Threads to time with, beside one.")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Leave out training without privacy, and all but one thread.")
  var brief = false

  private static var names: [String] {
    StepWorkload.all.map(\.name) + RoundWorkload.all.map(\.name) + ["sweep", "sweep-unfused"]
      + ["product-2048"]
  }

  func validate() throws {
    if let unknown = workloads.first(where: { !Self.names.contains($0) }) {
      throw ValidationError(
        "there is no workload \(unknown); choose from \(Self.names.joined(separator: ", ")).")
    }
    guard (1...1024).contains(threads) else {
      throw ValidationError("--threads is \(threads); it must be from 1 to 1024.")
    }
  }

  func run() throws {
    TradeoffBench.prepareBLAS()
    let images = try KnownDataset.fashionMNIST.load(folder: data).training
    print(Throughput.header)
    for count in threadCounts {
      if isWanted("product-2048") { print(productThroughput(size: 2048, threads: count).row) }
    }
    for workload in StepWorkload.all where isWanted(workload.name) {
      for threads in threadCounts {
        for isPrivate in brief ? [true] : [true, false] {
          print(workload.measure(on: images, isPrivate: isPrivate, threads: threads).row)
        }
      }
    }
    for workload in RoundWorkload.all where isWanted(workload.name) {
      for threads in threadCounts { print(workload.measure(on: images, threads: threads).row) }
    }
    for threads in threadCounts {
      if isWanted("sweep") {
        print(SweepWorkload(isFused: true).measure(on: images, threads: threads).row)
      }
      if isWanted("sweep-unfused") {
        print(SweepWorkload(isFused: false).measure(on: images, threads: threads).row)
      }
    }
  }

  private var threadCounts: [Int] { brief || threads == 1 ? [1] : [1, threads] }

  private func isWanted(_ name: String) -> Bool { workloads.isEmpty || workloads.contains(name) }
}
