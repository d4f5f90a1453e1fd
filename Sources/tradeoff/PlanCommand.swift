import ArgumentParser
import Experiments
import Foundation

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show every trial, every resolved value and every epsilon before anything runs.",
    discussion: """
      Example: tradeoff plan experiments/fashion-mnist-fedavg.yaml
      """)

  @OptionGroup var experiment: ExperimentOptions

  @Flag(help: "Print JSON, the same bytes that `run` writes to plan.json.")
  var json = false

  func run() async throws {
    try await reportingFailure {
      let plan = try experiment.plan()
      if json {
        FileHandle.standardOutput.write(try plan.document())
      } else {
        print(try PlanReport(plan))
      }
    }
  }
}
