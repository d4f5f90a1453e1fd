import Foundation
import Testing
import _TestSupport

/// `tradeoff audit membership` and `tradeoff audit many-runs` on a table of the user's own.
@Suite struct AuditMembershipTests {
  private let folder: TemporaryFolder
  private let experiment: String

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      schema: 1
      name: table
      question: Who was it?
      seed: 7
      replicates: 1
      dataset:
        csv:
          training: table.csv
          training_examples: 20
          test_examples: 10
          columns: {x: {number: [0, 1]}, y: {label: [low, high]}}
        validation_examples: 0
      model:
        kind: logistic-regression
      training:
        rounds: 2
        sampling: everyone
        learning_rate: 0.1
      evaluation:
        split: test
        every: 2
        tuned_on: nothing
      privacy:
        unit: example
        neighboring_relation: add-or-remove-one
        delta: 1.0e-5
        accountant: pld
        clipping_norm: 0.5
        noise: none
      sweep:
        privacy.noise: [none, {multiplier: 2.0}, {multiplier: 1.0}]

      """, to: "table.yaml")
    experiment = folder.at("table.yaml")
    let lines = (0..<30).map { "\($0 % 2 == 0 ? "low" : "high"),0.\($0 % 9)\n" }
    try folder.write("y,x\n" + lines.joined(), to: "table.csv")
  }

  @Test(arguments: ["membership", "many-runs"]) func everyAuditHasAnExample(audit: String) throws {
    let ending = try Program.run("audit", audit, "--help")
    #expect(ending.status == 0)
    #expect(ending.output.contains("Example: tradeoff audit \(audit) experiments/"))
  }

  @Test func membershipIsAuditedAndKept() throws {
    let results = folder.at("results/membership-table")
    func audit(_ threads: String, _ more: String...) throws -> Program.Ending {
      try Program.run(
        ["audit", "membership", experiment, "--shadow-models", "8", "--threads", threads] + more,
        in: folder.path)
    }
    let first = try audit("1")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("attacked by the others on 20 examples"))
    #expect(first.output.contains("neighbors: add-or-remove-one; sampling: everyone"))
    let names = ["experiment.yaml", "membership.csv", "roc.csv", "membership.svg"]
    let files = try names.map { try Data(contentsOf: URL(filePath: "\(results)/\($0)")) }
    #expect(files[0] == (try folder.data("table.yaml")))

    let again = try audit("2")
    #expect(again.status == 1)
    #expect(again.errors.contains("holds the finished results already; --restart recomputes them"))
    #expect(try audit("2", "--restart").status == 0)
    #expect(try names.map { try Data(contentsOf: URL(filePath: "\(results)/\($0)")) } == files)
  }

  @Test func manyRunsAreAuditedAndKept() throws {
    let ending = try Program.run(
      ["audit", "many-runs", experiment, "--runs", "40", "--no-plot", "--json", "--output"]
        + [folder.at("results")])
    #expect(ending.status == 0, "\(ending.errors)")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [[String: Any]])
    #expect(rows.count == 8)
    #expect(rows.allSatisfy { $0["sampling"] as? String == "everyone" && $0["delta"] != nil })
    #expect(try folder.text("results/many-runs.json") == ending.output)
    let table = try folder.text("results/many-runs.csv")
    #expect(table.split(separator: "\n").count == 9)

    #expect(try Program.run("verify", folder.at("results")).status == 0)
    try folder.write(
      table.replacingOccurrences(of: ",2,example,", with: ",3,example,"),
      to: "results/many-runs.csv")
    let altered = try Program.run("verify", folder.at("results"))
    #expect(altered.status == 2)
    #expect(altered.errors.contains("difference: many-runs.csv was altered after the audit"))
    #expect(altered.errors.contains("difference: setting 1: the table says epsilon"))
  }

  @Test func otherFoldersAreNotTouched() throws {
    try FileManager.default.createDirectory(
      atPath: folder.at("results"), withIntermediateDirectories: false)
    try folder.write("mine", to: "results/notes.txt")
    let ending = try Program.run(
      ["audit", "membership", experiment, "--restart", "--no-plot", "--output"]
        + [folder.at("results")])
    #expect(ending.status == 1)
    #expect(ending.errors.contains("holds notes.txt and no membership.csv"))
    #expect(folder.contents.filter { $0.hasPrefix("results/") } == ["results/notes.txt"])
  }

  @Test(arguments: [
    ("membership a.yaml --shadow-models 3", "--shadow-models is 3; it must be from 4 to 100000."),
    ("membership a.yaml --targets 0", "--targets is 0; it must be at least 1."),
    ("membership a.yaml --variance own", "'own' is invalid"),
    ("membership a.yaml --output ", "--output is empty; name a folder."),
    ("many-runs a.yaml --runs 3", "--runs is 3; it must be from 4 to 10000000."),
    ("many-runs a.yaml --canary -1", "--canary"),
    ("many-runs a.yaml --confidence 1", "--confidence is 1.0; it must be above 0 and below 1."),
  ])
  func wrongUsageIs64(arguments: String, message: String) throws {
    let ending = try Program.run(["audit"] + arguments.components(separatedBy: " "))
    #expect(ending.status == 64)
    #expect(ending.errors.contains(message), "\(ending.errors)")
  }

  @Test func clientLevelExperimentsAre65() throws {
    let clients = try SmallExperiment.write(to: folder)
    for audit in ["membership", "many-runs"] {
      let ending = try Program.run(
        "audit", audit, clients, "--no-plot", "--output", folder.at("results"))
      #expect(ending.status == 65)
      #expect(ending.errors.contains("privacy.unit: "))
    }
  }
}
