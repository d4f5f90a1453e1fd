public import ArgumentParser
public import Auditing
import Experiments
import Reporting
import Results

struct AuditMembershipCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "membership",
    abstract: "Infer who was in the training set, by shadow models.",
    discussion: """
      For each setting of an experiment that protects examples, shadow models are trained, each on those \
      examples for which a fair coin of its own says so; so each declares half of the examples, and draws, \
      clips and noises them as the setting says. Each model is then attacked with the help of the others, by \
      likelihood ratios (LiRA, Carlini et al. 2022) and by a threshold for the loss (Yeom et al. 2018).

      Written are membership.csv, roc.csv, the experiment's text, provenance.json, and the receiver operating \
      curves as a plot, on logarithmic axes. A dashed curve is the most that any attack can reach under the \
      guarantee of the setting.

      Example: tradeoff audit membership experiments/few-images.yaml --shadow-models 64
      """)

  @OptionGroup var experiment: ExperimentOptions

  @Option(help: "How many models a setting, from 4 to 100000.")
  var shadowModels = 64

  @Option(help: "How many examples to attack, drawn at random. (default: all training examples)")
  var targets: Int?

  @Option(
    help: """
      Whose variance the fitted normal distributions have: per-example or pooled. (default: pooled below 64 \
      models)
      """)
  var variance: LikelihoodRatioAttack.Variance?

  @OptionGroup var folder: AuditFolderOptions
  @OptionGroup var threading: ThreadOptions

  func validate() throws {
    guard (ShadowModels.fewest...100_000).contains(shadowModels) else {
      throw ValidationError(
        "--shadow-models is \(shadowModels); it must be from \(ShadowModels.fewest) to 100000.")
    }
    if let targets, targets < 1 {
      throw ValidationError("--targets is \(targets); it must be at least 1.")
    }
  }

  func run() async throws {
    try await reportingFailure {
      Audit.begin()
      if folder.plot, !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
      let plan = try experiment.plan()
      let directory = folder.output ?? "results/membership-\(plan.experiment.folderName)"
      let audit = Audit(plan: plan, directory: directory, threads: threading.threads)
      let results = try AuditFolder(
        directory, holding: MembershipFiles.tableName, restart: folder.restart)
      let attack = try MembershipAudit(
        of: plan, file: experiment.experiment, dataFolder: experiment.data,
        options: .init(modelCount: shadowModels, targetCount: targets, variance: variance),
        threads: threading.threads)
      let files = try await audit.stoppable(trainingCount: attack.trainingCount) {
        try await attack.run(progress: $0)
      }
      try results.publish(files.byName, provenance: audit.provenance(of: files.byName))
      let rows = try files.rows()
      print(plan.experiment.question)
      print()
      print(MembershipTable(rows))
      printToStandardError("table: \(directory)/\(MembershipFiles.tableName)")
      if folder.plot, let plot = MembershipPlot(rows, try files.points()) {
        try plot.write(to: directory)
        printToStandardError("plot: \(directory)/membership.svg and .png")
      }
    }
  }
}

extension LikelihoodRatioAttack.Variance: ExpressibleByArgument {}
