import ArgumentParser
import Experiments
import Foundation

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show every trial, every resolved value and every epsilon before anything runs.",
    discussion: """
      Standard output is the plan as JSON, the same bytes that `run` writes to plan.json.

      Example: tradeoff plan experiments/fashion-mnist-fedavg.yaml
      """)

  @OptionGroup var experiment: ExperimentOptions

  func run() async throws {
    try await reportingFailure {
      FileHandle.standardOutput.write(try experiment.plan().document())
    }
  }
}
