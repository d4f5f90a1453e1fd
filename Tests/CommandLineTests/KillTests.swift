import Foundation
import Testing
import _TestSupport

/// Runs that are killed at random moments, again and again.
@Suite(.serialized) struct KillTests {
  /// Set `TRADEOFF_KILLS` for more.
  private static let kills =
    ProcessInfo.processInfo.environment["TRADEOFF_KILLS"].flatMap(Int.init) ?? 10

  /// The state of every optimizer, an average, a clipping norm that adapts and an audit go through.
  private static let changes = [
    "rounds: 2\n": "rounds: 30\n", "poisson_rate: 0.01": "poisson_rate: 0.003",
    "server_momentum: 0.9": "optimizer: {fed_adam: {beta1: 0.9, beta2: 0.99, adaptivity: 0.1}}\n"
      + "  averaging: {exponential: 0.9}",
    "clipping_norm: 0.5": "clipping_norm: 0.5\n  clipping: {quantile: {target: 0.5, "
      + "learning_rate: 0.2, count_standard_deviation: 5}}",
    "sweep:\n": "audit: {canaries: 20, guesses: 6}\nsweep:\n",
  ]

  @Test func killedRunsEndInTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let experiment = try SmallExperiment.write(to: folder, Self.changes)
    func command(_ output: String) -> [String] {
      [
        "run", experiment, "--output", folder.at(output), "--no-plot", "--threads", "2",
        "--checkpoint-seconds", "0",
      ]
    }
    let start = ContinuousClock.now
    #expect(try Program.run(command("straight")).status == 0)
    let duration = (ContinuousClock.now - start) / .seconds(1)
    let results = try SmallExperiment.results(folder, "straight")

    var (kills, runs, goneOn) = (0, 0, 0)
    while kills < Self.kills {
      let output = "killed\(runs)"
      runs += 1
      while true {
        let running = try Program.Running(command(output), in: nil)
        if kills < Self.kills {
          usleep(useconds_t(Double.random(in: 0..<duration) * 1e6))
          running.send(SIGKILL)
        }
        let ending = try running.end()
        if !ending.wasKilled {
          #expect(ending.status == 0, "\(ending.errors)")
          break
        }
        kills += 1
        if folder.contents.contains(where: {
          $0.hasPrefix(output) && $0.hasSuffix(".checkpoint")
        }) {
          goneOn += 1
        }
      }
      #expect(try SmallExperiment.results(folder, output) == results)
      #expect(try Program.run("verify", folder.at(output)).status == 0)
    }
    // A kill leaves no checkpoint only where it came before the first round was through.
    #expect(goneOn > 0)
  }

  @Test func checkpointTimesAreChecked() throws {
    let folder = try TemporaryFolder()
    let experiment = try SmallExperiment.write(to: folder)
    for seconds in ["-1", "1e7", "nan"] {
      let ending = try Program.run("run", experiment, "--checkpoint-seconds=\(seconds)")
      #expect(ending.status == 64)
      #expect(ending.errors.contains("it must be from 0 to 1000000.0."))
    }
  }
}
