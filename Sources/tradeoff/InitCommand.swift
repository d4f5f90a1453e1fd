import Accounting
import ArgumentParser
import Datasets
import Experiments
import Foundation

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented experiment file to start from.",
    discussion: """
      The file runs as it is. Nothing is overwritten.

      Example: tradeoff init my-experiment.yaml --unit example --dataset fashion-mnist
      """)

  @Argument(help: "The file to write.", completion: .file(extensions: ["yaml"]))
  var file = "experiment.yaml"

  @Option(help: "What is protected.")
  var unit: PrivacyUnit = .client

  @Option(help: "The data set.")
  var dataset: KnownDataset = .fashionMNIST

  func validate() throws {
    guard file.hasSuffix(".yaml") || file.hasSuffix(".yml") else {
      throw ValidationError("\"\(file)\" does not end in .yaml.")
    }
    guard StarterFile.name(from: file) != nil else {
      throw ValidationError(
        "\"\(file)\" gives the experiment no name: use letters, digits and hyphens, such as "
          + "my-experiment.yaml.")
    }
  }

  func run() async throws {
    try await reportingFailure {
      let starter = StarterFile(
        name: StarterFile.name(from: file) ?? "", unit: unit, dataset: dataset)
      do {
        // Fails where there is a file, whoever made it in the meantime.
        try Data(starter.text.utf8).write(to: URL(filePath: file), options: .withoutOverwriting)
      } catch let error as CocoaError where error.code == .fileWriteFileExists {
        throw ExistingFile(path: file)
      }
      let schema = URL(filePath: file).deletingLastPathComponent()
        .appending(path: StarterFile.schemaName)
      if !FileManager.default.fileExists(atPath: schema.path(percentEncoded: false)) {
        try ExperimentSchema().document().write(to: schema, options: .withoutOverwriting)
      }
      print(
        """
        wrote \(file), and \(StarterFile.schemaName) beside it, by which editors complete and explain it
        next:
          tradeoff plan \(file)           every trial and its epsilon, before anything runs
          tradeoff run \(file) --smoke    seconds, to see that it runs
          tradeoff run \(file)            the experiment
        `tradeoff schema --markdown` explains every key.
        """)
      if !dataset.status().isUsable {
        printToStandardError(
          "note: the files of \(dataset.rawValue) are not here yet; `tradeoff datasets` says how to "
            + "get them")
      }
    }
  }
}

/// A file that is not to be overwritten.
private struct ExistingFile: Error, CustomStringConvertible {
  let path: String

  var description: String {
    "\(path) is there already, and stays as it is; give another name or move it away."
  }
}
