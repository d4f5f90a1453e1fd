import Foundation
import Testing
import _TestSupport

/// Files to start from, and what helps to write them.
@Suite struct InitTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: ["client", "example"])
  func theStarterRuns(unit: String) throws {
    let made = try Program.run("init", "my-own.yaml", "--unit", unit, in: folder.path)
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("\n  tradeoff run my-own.yaml --smoke "))
    #expect(
      try folder.text("my-own.yaml").hasPrefix(
        "# yaml-language-server: $schema=experiment.schema.json\n"))
    #expect(try folder.text("experiment.schema.json") == Program.run("schema").output)
    let planned = try Program.run("plan", "my-own.yaml", "--smoke", in: folder.path)
    #expect(planned.status == 0, "\(planned.errors)")

    // Nothing is overwritten.
    try folder.write("mine", to: "experiment.schema.json")
    let before = try folder.text("my-own.yaml")
    let again = try Program.run("init", "my-own.yaml", in: folder.path)
    #expect(again.status == 1)
    #expect(again.errors.hasPrefix("error: my-own.yaml is there already, and stays as it is"))
    #expect(try folder.text("my-own.yaml") == before)
    #expect(try folder.text("experiment.schema.json") == "mine")
  }

  @Test func aSmokeRunOfTheStarterEnds() throws {
    #expect(try Program.run("init", in: folder.path).status == 0)
    let run = try Program.run(
      "run", "experiment.yaml", "--smoke", "--no-plot", in: folder.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(folder.contents.contains("results/experiment-smoke/tradeoff.csv"))
  }

  @Test func aFolderThatIsNotThereIsNamed() throws {
    let ending = try Program.run("init", "nowhere/mine.yaml", in: folder.path)
    #expect(ending.status == 1)
    #expect(ending.errors.contains("nowhere/mine.yaml"))
  }

  @Test func bashCompletesFilesAndCommands() throws {
    let script = try Program.run("--generate-completion-script", "bash")
    #expect(script.status == 0)
    try folder.write(script.output, to: "completions.bash")
    try folder.write("", to: "mine.yaml")
    try folder.write("", to: "other.csv")
    func completions(_ words: String...) throws -> [String] {
      let list = words.map { "'\($0)'" }.joined(separator: " ")
      let ending = try Program.Running(
        program: "/bin/bash",
        [
          "-c",
          """
          bash -n completions.bash && . ./completions.bash
          COMP_WORDS=(tradeoff \(list)) COMP_CWORD=\(words.count) COMP_TYPE=9 COMP_KEY=9
          COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
          "$(complete -p tradeoff | sed 's/.*-F \\([^ ]*\\).*/\\1/')" tradeoff \
            "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
          printf '%s\\n' "${COMPREPLY[@]}"
          """,
        ], in: folder.path
      ).end()
      return ending.output.split(separator: "\n").map(String.init)
    }
    #expect(try completions("ver") == ["verify"])
    #expect(try completions("run", "mi") == ["mine.yaml"])
    #expect(try completions("run", "ot") == [])
    #expect(Set(try completions("init", "--unit", "")) == ["client", "example"])
  }
}
