import ArgumentParser
import Experiments
import Reporting
import Results
import Statistics

struct AuditManyRunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "many-runs",
    abstract: "Prove a lower bound on epsilon from thousands of small trainings.",
    discussion: """
      Each setting of an experiment that protects examples is trained again and again on the worst neighbors: \
      one example alone, and nobody. An adversary says of each run whether the example took part: from every \
      release, by the likelihood ratio, and from the last model, by its loss on the example. How often it errs \
      bounds epsilon from below (Jagielski, Ullman & Oprea 2020; for Gaussian noise without sampling, more \
      tightly, Nasr et al. 2023). A bound above the accountant's refutes the setting, and the exit code is 2.

      A setting is small if its learning rate and clipping norm are such that the example is always clipped, \
      which makes it worst; the last line says how near it came.

      Example: tradeoff audit many-runs experiments/one-digit.yaml --runs 2000
      """)

  @OptionGroup var experiment: ExperimentOptions

  @Option(help: "How many runs with the example, and as many without it, from 4 to 10000000.")
  var runs = 2000

  @Option(help: "The place of the example among the training examples, from 0.")
  var canary = 0

  @Option(
    parsing: .unconditional, help: "How often a bound is to be right, above 0 and below 1.")
  var confidence = 0.95

  @Flag(help: "Print the rows of the table as JSON.")
  var json = false

  @OptionGroup var folder: AuditFolderOptions
  @OptionGroup var threading: ThreadOptions

  func validate() throws {
    guard (4...10_000_000).contains(runs) else {
      throw ValidationError("--runs is \(runs); it must be from 4 to 10000000.")
    }
    guard canary >= 0 else {
      throw ValidationError("--canary is \(canary); it must be at least 0.")
    }
    guard Confidence(confidence) != nil else {
      throw ValidationError("--confidence is \(confidence); it must be above 0 and below 1.")
    }
  }

  func run() async throws {
    try await reportingFailure {
      Audit.begin()
      if folder.plot, !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
      let plan = try experiment.plan()
      let directory = folder.output ?? "results/many-runs-\(plan.experiment.folderName)"
      let audit = Audit(plan: plan, directory: directory, threads: threading.threads)
      let results = try AuditFolder(
        directory, holding: ManyRunFiles.tableName, restart: folder.restart)
      let attack = try ManyRunExperiment(
        of: plan, file: experiment.experiment, dataFolder: experiment.data,
        options: .init(
          runCount: runs, canary: canary, confidence: Confidence(confidence)!),
        threads: threading.threads)
      let files = try await audit.stoppable(trainingCount: attack.trainingCount) {
        try await attack.run(progress: $0)
      }
      let contents = try files.byName()
      try results.publish(contents, provenance: audit.provenance(of: contents))
      if json {
        try StandardOutput.write(CanonicalJSON.document(files.rows))
      } else {
        print(plan.experiment.question)
        print()
        print(ManyRunTable(files.rows))
      }
      printToStandardError("table: \(directory)/\(ManyRunFiles.tableName)")
      if folder.plot, let plot = ManyRunPlot(files.rows) {
        try plot.write(to: directory)
        printToStandardError("plot: \(directory)/many-runs.svg and .png")
      }
      guard !files.rows.contains(where: \.refutes) else { throw ExitCode.differenceFound }
    }
  }
}
