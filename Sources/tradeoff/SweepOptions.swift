import ArgumentParser
import Foundation

/// How a plan is run. Changes no result.
struct SweepOptions: ParsableArguments {
  @Option(
    help: """
      Processor threads. Trials that differ in privacy or optimizer alone are trained side by side; \
      several such groups run at a time, and groups fewer than threads share them. Changes no result.
      """)
  var threads: Int = min(ProcessInfo.processInfo.activeProcessorCount, Self.mostThreads)

  @Option(
    help: """
      Least time between two checkpoints, from which an interrupted trial goes on. Changes no result.
      """)
  var checkpointSeconds = 10.0

  @Flag(help: "Recompute a finished run, or forget the finished trials of an interrupted one.")
  var restart = false

  @Flag(inversion: .prefixedNo, help: "Draw the plot, with gnuplot.")
  var plot = true

  @OptionGroup var log: LogOptions

  private static let mostThreads = 1024
  private static let mostCheckpointSeconds = 1e6

  func validate() throws {
    guard (1...Self.mostThreads).contains(threads) else {
      throw ValidationError("--threads is \(threads); it must be from 1 to \(Self.mostThreads).")
    }
    guard (0...Self.mostCheckpointSeconds).contains(checkpointSeconds) else {
      throw ValidationError(
        "--checkpoint-seconds is \(checkpointSeconds); it must be from 0 to "
          + "\(Self.mostCheckpointSeconds).")
    }
  }
}
