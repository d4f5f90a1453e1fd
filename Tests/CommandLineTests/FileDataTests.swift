import Foundation
import Testing
import _TestSupport

/// The whole program on a table of the user's own.
@Suite struct FileDataTests {
  private static let dataset = """
    csv:
        training: table.csv
        training_examples: 80
        test_examples: 20
        columns: {x: {number: [0, 1]}, y: {label: [low, high]}}
    """

  private let folder: TemporaryFolder
  private let experiment: String

  init() throws {
    folder = try TemporaryFolder()
    experiment = try SmallExperiment.write(
      to: folder, ["name: fashion-mnist": Self.dataset, "clients: 3000": "clients: 40"])
  }

  private func writeTable(rows: Int = 100) throws {
    let lines = (0..<rows).map { "\($0 % 2 == 0 ? "low" : "high"),0.\($0 % 2 == 0 ? 1 : 9)\n" }
    try folder.write("y,x\n" + lines.joined(), to: "table.csv")
  }

  @Test func aTableIsPlannedRunAndVerified() throws {
    try writeTable()
    let plan = try Program.run("plan", experiment)
    #expect(plan.status == 0)
    #expect(plan.output.contains("\n  dataset.csv.training: table.csv\n"))
    #expect(plan.output.contains("\n  dataset.csv.columns: [{x: "))
    let run = try Program.run("run", experiment, "--output", folder.at("results"), "--no-plot")
    #expect(run.status == 0, "\(run.errors)")
    // printf 'y,x\n' > table.csv; for i in $(seq 50); do printf 'low,0.1\nhigh,0.9\n'; done >> table.csv
    // sha256sum table.csv | sha256sum
    let fingerprint = "cb251613b295fc571d1c6199b3ec20f3f7ee4dff88de57918ff093a91423a4e8"
    #expect(try folder.text("results/provenance.json").contains("csv sha256:\(fingerprint)"))

    try FileManager.default.removeItem(atPath: folder.at("table.csv"))
    #expect(try Program.run("verify", folder.at("results")).status == 0)
  }

  @Test func whatIsWrongWithATableIsSaid() throws {
    for command in [["plan"], ["run", "--output", folder.at("results"), "--no-plot"]] {
      let absent = try Program.run([command[0], experiment] + command.dropFirst())
      #expect(absent.status == 1)
      #expect(absent.errors.contains("\(folder.at("table.csv")) cannot be read: No such file"))
    }
    try writeTable(rows: 99)
    let short = try Program.run("run", experiment, "--output", folder.at("results"), "--no-plot")
    #expect(short.status == 1)
    #expect(
      short.errors.contains(
        "\(folder.at("table.csv")): expected 100 examples as declared, found 99"))
  }
}
