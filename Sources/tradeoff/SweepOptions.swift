import ArgumentParser

/// How a plan is run. Changes no result.
struct SweepOptions: ParsableArguments {
  @OptionGroup var threading: ThreadOptions

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

  private static let mostCheckpointSeconds = 1e6

  var threads: Int { threading.threads }

  func validate() throws {
    guard (0...Self.mostCheckpointSeconds).contains(checkpointSeconds) else {
      throw ValidationError(
        "--checkpoint-seconds is \(checkpointSeconds); it must be from 0 to "
          + "\(Self.mostCheckpointSeconds).")
    }
  }
}
