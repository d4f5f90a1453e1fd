import ArgumentParser
import Results

struct CloseBudgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Close a run that will not go on: what it did not use is free again.",
    discussion: """
      A run that was killed is counted in full until it goes on or is closed; then what it was charged \
      counts. A run that is being run on this machine is refused. Of one on another machine you must know \
      that nobody runs it; if somebody does, it stops.

      Example: tradeoff budget close budgets/fashion-mnist.jsonl 3
      """)

  @Argument(help: "The budget file.")
  var file: String

  @Argument(help: "The number of the run, as `tradeoff budget show` lists it.")
  var run: Int

  func run() async throws {
    try await reportingFailure {
      try BudgetFile(file).abandon(run: run, host: Machine.hostName)
      printToStandardError("run \(run) is closed")
    }
  }
}
