import ArgumentParser
import Experiments

struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of experiment files, or the reference of all their keys.",
    discussion: """
      Editors with the YAML language server complete, explain and check a file whose first line names the \
      schema: # yaml-language-server: $schema=experiment.schema.json

      Example: tradeoff schema --markdown
      """)

  @Flag(help: "Print every key with its values, default and meaning, as Markdown.")
  var markdown = false

  func run() async throws {
    try await reportingFailure {
      if markdown {
        try StandardOutput.write(ExperimentReference().document())
      } else {
        try StandardOutput.write(ExperimentSchema().document())
      }
    }
  }
}
