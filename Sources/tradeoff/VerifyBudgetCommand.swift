import ArgumentParser
import Results

struct VerifyBudgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that a budget file is whole and covers the results that pay from it.",
    discussion: """
      Every line is held against its checksum and that of the line before it. With results folders, the \
      file must have the line that each keeps the receipt of, and charge no less than was released there. \
      What does not hold is a failure.

      Example: tradeoff budget verify budgets/fashion-mnist.jsonl results/*
      """)

  @Argument(help: "The budget file.")
  var file: String

  @Argument(help: "Results folders, finished or not.")
  var folders: [String] = []

  func run() async throws {
    try await reportingFailure {
      let file = try opened()
      let verification = try BudgetVerification(file, folders: folders)
      for finding in verification.findings { printToStandardError("difference: \(finding)") }
      guard verification.findings.isEmpty else { throw ExitCode.differenceFound }
      print(
        "\(self.file): \(verification.lineCount) lines hold together"
          + (folders.isEmpty
            ? "; name results folders to see whether lines are missing at the end"
            : " and cover \(folders.count) results folder\(folders.count == 1 ? "" : "s")"))
      if file.isCutOff {
        print(
          "its last line was cut off in writing: nothing of it was used, and the next run mends it")
      }
    }
  }

  /// A file that is not whole is a difference.
  private func opened() throws -> BudgetFile {
    do throws(ResultsError) {
      return try BudgetFile(file)
    } catch {
      guard error.isAlteration else { throw error }
      printToStandardError("difference: \(error)")
      throw ExitCode.differenceFound
    }
  }
}
