import ArgumentParser
import Experiments
import LinearAlgebra

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run an experiment and write its tables and plot.",
    discussion: """
      What is done stays done: after Ctrl-C, a crash or a full disk, the same command goes on where it \
      stopped, with the same results. Values or replicates that are added to the file run alone, and every \
      finished trial is kept. A folder that holds results of a different plan is refused.

      On a terminal, standard error shows how far the sweep is; elsewhere it is a log of lines, or of JSON \
      objects. An epsilon on the way is an upper bound on what the rounds so far have spent.

      A sweep can be divided: `--shard 3/8` runs the third of eight parts, on any machine of the same kind, \
      and `tradeoff merge` puts the parts together.

      Example: tradeoff run experiments/fashion-mnist-fedavg.yaml
      """)

  @OptionGroup var experiment: ExperimentOptions

  @Option(
    help: """
      The results folder. (default: results/<name>, with --smoke results/<name>-smoke, and \
      .shard-<i>-of-<n> after it for a part)
      """, completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp("Run one part of several, to be merged later.", valueName: "i/n"),
    transform: Shard.init(argument:))
  var shard: Shard?

  @Flag(help: "Leave finished trials out of the results that the file no longer names.")
  var dropRemoved = false

  @Option(
    help: """
      The budget file that every release is charged to, before it is used; see `tradeoff budget --help`. \
      Changes no result.
      """, completion: .file())
  var budget: String?

  @OptionGroup var options: SweepOptions

  func validate() throws {
    guard output != "" else { throw ValidationError("--output is empty; name a folder.") }
    guard budget != "" else { throw ValidationError("--budget is empty; name a budget file.") }
  }

  func run() async throws {
    let log = options.log.runLog
    try await reportingFailure(to: log) {
      BLASLibrary.restartWithBestKernel()
      let plan = try experiment.plan()
      let sweep = Sweep(
        plan: plan, directory: output ?? plan.experiment.resultsDirectory + (shard?.suffix ?? ""),
        dataFolder: experiment.data, options: options, dropsRemoved: dropRemoved,
        budget: budget)
      if let shard {
        let count = try await sweep.run(shard)
        log.note(
          "part \(shard): \(count) trials are finished in \(sweep.directory); `tradeoff merge` puts all "
            + "parts together.")
        return
      }
      let files = try await sweep.files()
      try FinishedSweep(plan: plan, files: files, directory: sweep.directory, log: log).show()
    }
  }
}
