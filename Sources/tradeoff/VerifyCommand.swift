import ArgumentParser
import Experiments

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Derive a finished run again: its plan, its prices and its tables.",
    discussion: """
      The experiment is expanded again, every ledger is priced again, and the tables are made again \
      from the measurements. One byte that differs is a failure. Training is not repeated: for that, \
      `tradeoff run --restart` on the same machine gives the same bytes. Of an audit with a folder of its own \
      the files are held against their checksums, and its settings are priced again.

      Example: tradeoff verify results/fashion-mnist-fedavg
      """)

  @Argument(help: "A results folder.", completion: .directory)
  var directory: String

  func run() async throws {
    try await reportingFailure {
      if let audit = try AuditVerification(directory: directory) {
        for finding in audit.findings { printToStandardError("difference: \(finding)") }
        guard audit.findings.isEmpty else { throw ExitCode.differenceFound }
        print(
          "\(directory): an audit of \(audit.settingCount) settings; its files are as they were written, and "
            + "their prices derive again")
        return
      }
      let verification = try Verification(directory: directory)
      for finding in verification.findings { printToStandardError("difference: \(finding)") }
      guard verification.findings.isEmpty else { throw ExitCode.differenceFound }
      print(
        "\(directory): \(verification.trialCount) trials; plan, prices and tables derive again, "
          + "byte for byte")
    }
  }
}
