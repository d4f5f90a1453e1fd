public import ArgumentParser
public import Experiments
import LinearAlgebra

struct AuditExperimentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "Run an experiment with canaries in it, and audit its guarantee.",
    discussion: """
      Canaries are units that are there to be found, each under a fair coin of its own; the coins are guessed \
      from what the runs release, and right guesses bound epsilon from below (Steinke, Nasr & Jagielski 2023). \
      A file with an `audit` section is run as it says, as by `tradeoff run`; another one gets such a section, \
      and results of its own.

      The number of guesses is fixed before a run. To try several and publish the best is not an audit at that \
      confidence.

      Example: tradeoff audit experiment experiments/fashion-mnist-fedavg.yaml --smoke
      """)

  @OptionGroup var experiment: ExperimentOptions

  @Option(help: "How many canaries a run has. (default: \(AuditSection.standard.canaries))")
  var canaries: Int?

  @Option(help: "How many coins are guessed. (default: a fifth of the canaries)")
  var guesses: Int?

  @Option(help: "The confidence of the lower bound. (default: \(AuditSection.standard.confidence))")
  var confidence: Double?

  @Option(help: "What a canary is. (default: \(AuditSection.standard.canary.rawValue))")
  var canary: CanaryKind?

  @Option(
    help:
      "The results folder. (default: results/<name>-audit, with --smoke results/<name>-audit-smoke)",
    completion: .directory)
  var output: String?

  @OptionGroup var options: SweepOptions

  func validate() throws {
    guard output != "" else { throw ValidationError("--output is empty; name a folder.") }
    if let canaries, canaries < 1 {
      throw ValidationError("--canaries is \(canaries); an audit has one at least.")
    }
    if let guesses, !(1...section.canaries).contains(guesses) {
      throw ValidationError(
        "--guesses is \(guesses); it must be from 1 to the \(section.canaries) canaries.")
    }
    if let confidence, !(confidence > 0 && confidence < 1) {
      throw ValidationError("--confidence is \(confidence); it must be above 0 and below 1.")
    }
  }

  private var section: AuditSection {
    let standard = AuditSection.standard
    let canaries = canaries ?? standard.canaries
    return AuditSection(
      canaries: canaries, guesses: guesses ?? max(1, canaries / 5),
      confidence: confidence ?? standard.confidence, canary: canary ?? standard.canary)
  }

  private var isTold: Bool {
    canaries != nil || guesses != nil || confidence != nil || canary != nil
  }

  func run() async throws {
    let log = options.log.runLog
    try await reportingFailure(to: log) {
      BLASLibrary.restartWithBestKernel()
      let audited = try Experiment(
        path: experiment.experiment, smoke: experiment.smoke,
        auditing: section, unlessItHasOne: !isTold)
      let plan = try Plan(
        audited, file: experiment.experiment, dataFolder: experiment.data)
      let sweep = Sweep(
        plan: plan, directory: output ?? plan.experiment.resultsDirectory,
        dataFolder: experiment.data, options: options)
      let files = try await sweep.files()
      try FinishedSweep(plan: plan, files: files, directory: sweep.directory, log: log).show()
    }
  }
}

extension CanaryKind: ExpressibleByArgument {}
