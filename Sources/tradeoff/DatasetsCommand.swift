import ArgumentParser
import Datasets

struct DatasetsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract:
      "List the known data sets, what is installed, and how to get the rest; or fetch them.",
    discussion: """
      Example: tradeoff datasets --check
      """,
    subcommands: [ListDatasetsCommand.self, FetchDatasetsCommand.self],
    defaultSubcommand: ListDatasetsCommand.self)
}

struct ListDatasetsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the known data sets, what is installed, and how to get the rest.",
    discussion: """
      Checksums are SHA-256 of the unpacked files, so every distribution's copy can pass.

      Example: tradeoff datasets list --check
      """)

  @Flag(help: "Read every file and compare its checksum.")
  var check = false

  @Option(help: "Look in this folder instead of the usual ones.", completion: .directory)
  var data: String?

  func run() async throws {
    try await reportingFailure {
      for dataset in KnownDataset.allCases {
        let status = dataset.status(folder: data, check ? .full : .quick)
        print(DatasetReport(status, isFullCheck: check))
      }
    }
  }
}
