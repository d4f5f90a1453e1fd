import ArgumentParser
import Experiments

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Derive a finished run again: its plan, its prices and its tables.",
    discussion: """
      The experiment is expanded again, every ledger is priced again, and the tables are made again \
      from the measurements. One byte that differs is a failure. Training is not repeated: for that, \
      `tradeoff run --restart` on the same machine gives the same bytes.

      Example: tradeoff verify results/fashion-mnist-fedavg
      """)

  @Argument(help: "A results folder.", completion: .directory)
  var directory: String

  func run() async throws {
    try await reportingFailure {
      let verification = try Verification(directory: directory)
      for finding in verification.findings { printToStandardError("difference: \(finding)") }
      guard verification.findings.isEmpty else { throw ExitCode.differenceFound }
      print(
        "\(directory): \(verification.trialCount) trials; plan, prices and tables derive again, "
          + "byte for byte")
    }
  }
}
