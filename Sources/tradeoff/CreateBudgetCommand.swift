import Accounting
import ArgumentParser
import Experiments
import Foundation
import Reporting
import Results

struct CreateBudgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Begin the budget of an experiment's data.",
    discussion: """
      The experiment says whose privacy it is about: the data, the privacy unit, the neighboring relation \
      and, for clients that the experiment makes up, the seed. Others can share the budget if they say the \
      same. Nothing is run, and nothing charged.

      Example: tradeoff budget create budget.jsonl --for experiments/fashion-frontier.yaml --epsilon 10 \
      --delta 1e-5
      """)

  @Argument(help: "The budget file, which must not be there yet.")
  var file: String

  @Option(name: .customLong("for"), help: "An experiment on the data.")
  var experiment: String

  @Flag(help: "Apply the experiment's smoke values.")
  var smoke = false

  @Option(
    help: "A folder with the data set's files, as for `tradeoff run`.")
  var data: String?

  @Option(help: "The total, for all that is ever released.")
  var epsilon: Double

  @Option(help: "The total's delta.")
  var delta: Double

  @Option(
    help: """
      The order of the Renyi divergences that are added up, greater than 1. It cannot be changed later. \
      (default: the one that admits the experiment most often)
      """)
  var order: Double?

  func run() async throws {
    try await reportingFailure {
      let plan = try Plan(
        Experiment(path: experiment, smoke: smoke), file: experiment, dataFolder: data)
      let request = try plan.budgetRequest()
      let file = try BudgetFile.create(
        file,
        try BudgetHeader(
          epsilon: epsilon, delta: delta, order: order, for: request,
          program: Version.description))
      print(BudgetTable(try BudgetReport(file, host: Machine.hostName)))
    }
  }
}
