import ArgumentParser
import Foundation
import Reporting
import Results

struct ShowBudgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what was spent by which run, and what is left.",
    discussion: """
      A share is a part of the Renyi divergence that the filter allows in all. A run that repeats what an \
      earlier one released, with the same noise, costs nothing more. Of an open run the whole plan is \
      counted.

      Example: tradeoff budget show budgets/fashion-mnist.jsonl --format csv
      """)

  @Argument(help: "The budget file.")
  var file: String

  @Option(help: "How to print: table, json, or csv with a row a run.")
  var format: Format = .table

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case json
    case csv
  }

  func run() async throws {
    try await reportingFailure {
      let report = try BudgetReport(BudgetFile(file), host: Machine.hostName)
      switch format {
      case .table: try StandardOutput.write(Data("\(BudgetTable(report))\n".utf8))
      case .json: try StandardOutput.write(CanonicalJSON.document(report))
      case .csv: try StandardOutput.write(report.csv)
      }
    }
  }
}
