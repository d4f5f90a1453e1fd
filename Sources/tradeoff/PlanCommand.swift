import ArgumentParser
import Experiments
import Foundation
import LinearAlgebra
import Reporting

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show every trial, every resolved value and every epsilon before anything runs.",
    discussion: """
      With --estimate it also says what the run takes: it reads the data, and trains a few rounds of each \
      group of trials for some seconds. Models, noise and measurements of that are thrown away, so that \
      nothing is released; the times are covered by no guarantee, as in timings.csv.

      Example: tradeoff plan experiments/fashion-mnist-fedavg.yaml
      """)

  @OptionGroup var experiment: ExperimentOptions

  @Flag(help: "Print JSON, the same bytes that `run` writes to plan.json.")
  var json = false

  @Flag(help: "Train for some seconds to say what time and memory the run takes.")
  var estimate = false

  @Option(help: "Seconds of training for the estimate; each group takes a round at least.")
  var estimateSeconds = 5.0

  @OptionGroup var threading: ThreadOptions

  private static let mostSeconds = 1e6

  func validate() throws {
    if json && estimate {
      throw ValidationError(
        "--json prints plan.json, which holds no estimate; leave one of both out.")
    }
    guard (0...Self.mostSeconds).contains(estimateSeconds) else {
      throw ValidationError(
        "--estimate-seconds is \(estimateSeconds); it must be from 0 to \(Self.mostSeconds).")
    }
  }

  func run() async throws {
    try await reportingFailure {
      if estimate { BLASLibrary.restartWithBestKernel() }
      let plan = try experiment.plan()
      if json { return try StandardOutput.write(plan.document()) }
      print(try PlanReport(plan))
      guard estimate else { return }
      BLASLibrary.useOneThread()
      let runner = SweepRunner(
        plan: plan, dataFolder: experiment.data, threads: threading.threads,
        checkpointInterval: .seconds(10))
      let estimate = try await runner.estimate(within: estimateSeconds) { event in
        if case .preparingFeatures(let dataset, let folder) = event {
          printToStandardError(
            "features of \(dataset), kept in \(folder), take a while the first time")
        }
      }
      print()
      print(EstimateTable(estimate, of: plan))
    }
  }
}

extension EstimateTable {
  fileprivate init(_ estimate: SweepEstimate, of plan: Plan) {
    var settings: Set<Int> = []
    let rows = plan.trials.filter { settings.insert($0.setting).inserted }.map { trial in
      Row(
        sweep: trial.sweep, targetEpsilon: trial.targetEpsilon, claim: trial.claim,
        seconds: estimate.secondsOfTrial[trial.setting])
    }
    self.init(
      rows, trials: plan.trials.count, threads: estimate.threads,
      dataSeconds: estimate.dataSeconds, trainingSeconds: estimate.trainingSeconds,
      memory: Machine.peakMemory)
  }
}
