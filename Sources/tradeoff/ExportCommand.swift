import Accounting
public import ArgumentParser
import Experiments
public import Exports
import Results

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a finished run in a form that other tools read.",
    discussion: """
      Every form carries the guarantee of each trial, and PRIVACY.txt. A folder that is there already must \
      be empty. json-lines: settings.jsonl, trials.jsonl, rounds.jsonl. frictionless: the tables, with \
      datapackage.json, which says what their columns are. tensorboard: event files, a folder a trial. \
      mlflow: a tracking folder (MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri FOLDER).

      Example: tradeoff export results/fashion-mnist-fedavg --format tensorboard --output events
      """)

  @Argument(help: "A results folder.")
  var directory: String

  @Option(help: "The form.")
  var format: ExportFormat

  @Option(help: "The folder to write, which must be missing or empty.")
  var output: String

  @Flag(
    help: """
      Of an experiment that chooses privately, export every run, which its epsilon does not cover.
      """)
  var everyRunOfAPrivateChoice = false

  func validate() throws {
    guard !output.isEmpty else { throw ValidationError("--output is empty; name a folder.") }
  }

  func run() async throws {
    try await reportingFailure {
      let run = try OpenRun(
        directory: directory, withPrivateChoices: everyRunOfAPrivateChoice)
      let plan = try run.plan()
      let exported = try ExportedRun(
        files: run.files, name: plan.experiment.name, question: plan.experiment.question,
        finished: run.provenance.finished, program: run.provenance.program,
        cautions: try cautions(of: plan, files: run.files))
      let files = try format.files(of: exported, in: output)
      try writeExport(files, to: output)
      print("\(output): \(files.count) files of \(exported.trials.count) trials")
      for caution in exported.cautions { print(caution) }
    }
  }

  private func cautions(of plan: Plan, files: RunFiles) throws -> [String] {
    let publication =
      if let choice = try files.selectionRow() {
        [
          "this experiment chooses privately, and epsilon <= \(OutwardDecimal.text(choice.claim.epsilonUpper, rounded: .up)) at delta = "
            + "\(choice.claim.delta) covers the chosen run alone: this export publishes every run",
          plan.publication.description,
        ]
      } else {
        plan.publicationDescription.split(separator: "\n").map(String.init)
      }
    let onHeldOut =
      plan.evaluationDescription.contains("validation")
      ? [
        "accuracy and loss are of validation examples, which are training examples kept apart, and have no "
          + "noise: no epsilon covers these numbers"
      ] : []
    return publication + [plan.tuningDescription] + onHeldOut
  }
}

extension ExportFormat: ExpressibleByArgument {}
