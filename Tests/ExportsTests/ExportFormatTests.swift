import Foundation
import Results
import Testing

@testable import Exports

@Suite struct ExportFormatTests {
  private func text(_ files: [String: Data], _ path: String) throws -> String {
    String(decoding: try #require(files[path], "\(files.keys.sorted())"), as: UTF8.self)
  }

  private func object(_ text: some StringProtocol) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test(arguments: ExportFormat.allCases)
  func everyFormCarriesThePrivacyOfEveryTrial(format: ExportFormat) throws {
    let privacy = try text(Samples.files(format), "PRIVACY.txt")
    #expect(
      privacy == """
        Privacy of x: What is it?

        privacy.noise=none: not private: no noise
        privacy.noise=target_epsilon:2: epsilon <= 2.0 at delta = 1e-05; unit: client; neighbors: \
        add-or-remove-one; sampling: poisson(rate=0.1); accountant: pld

        publishing all: no bound
        each epsilon is the price of one trial by itself, at the delta, unit, relation, sampling and \
        accountant beside it
        names that begin with diagnostic_ are outside every guarantee

        """)
  }

  @Test func linesHoldTypedValuesAndTheGuarantee() throws {
    let files = try Samples.files(.jsonLines)
    #expect(
      files.keys.sorted() == ["PRIVACY.txt", "rounds.jsonl", "settings.jsonl", "trials.jsonl"])
    let trials = try text(files, "trials.jsonl").split(separator: "\n").map(object)
    #expect(trials.map { $0["trial"] as? String } == Samples.ids)
    #expect(trials[0]["epsilon_upper"] as? String == "inf")
    #expect(trials[1]["epsilon_upper"] as? Double == 1.99999)
    #expect(trials[0]["loss"] is NSNull && trials[0]["rounds"] as? Int == 2)
    let round = try object(#require(text(files, "rounds.jsonl").split(separator: "\n").last))
    #expect(round["metric"] as? String == "accuracy_at_a" && round["value"] as? Double == 0.7)
    #expect(round["epsilon_upper"] as? Double == 1.99999 && round["delta"] as? Double == 1e-5)
    #expect(round["privacy_unit"] as? String == "client")
  }

  @Test func packagesSayWhatTextIs() throws {
    let files = try Samples.files(.frictionless)
    let package = try object(text(files, "datapackage.json"))
    let resources = try #require(package["resources"] as? [[String: Any]])
    #expect(
      resources.map { $0["path"] as? String } == ["trials.csv", "rounds.csv", "tradeoff.csv"])
    for resource in resources {
      let path = try #require(resource["path"] as? String)
      #expect(resource["bytes"] as? Int == files[path]?.count)
    }
    let schema = try #require(resources[0]["schema"] as? [String: Any])
    let fields = try #require(schema["fields"] as? [[String: Any]])
    #expect(fields[0]["name"] as? String == "trial" && fields[0]["type"] as? String == "string")
    #expect((package["privacy"] as? [String])?.first == "publishing all: no bound")
    #expect(files["plan.json"] == (try Samples.run()).files.plan)
  }

  @Test func trackingFoldersAreThoseOfMLflow() throws {
    let files = try Samples.files(.mlflow)
    let experiment = try #require(files.keys.first { $0.hasSuffix("/tags/mlflow.note.content") })
      .prefix(18)
    let run = "\(experiment)/\(Samples.ids[1])"
    #expect(
      try text(files, "\(run)/metrics/accuracy") == """
        1700000000000 0.5 1
        1700000000000 0.75 2

        """)
    #expect(try text(files, "\(run)/params/privacy.noise.multiplier") == "1.5")
    #expect(try text(files, "\(run)/tags/privacy.delta") == "1e-05")
    #expect(try text(files, "\(run)/tags/privacy.statement").hasPrefix("epsilon <= 2.0 at delta"))
    let meta = try object(text(files, "\(run)/meta.yaml"))
    #expect(meta["run_id"] as? String == Samples.ids[1])
    #expect(
      meta["artifact_uri"] as? String == "file:///tmp/a%20b/\(run)/artifacts")
  }

  @Test func trialsWithoutAPlanAreNamed() throws {
    let run = try Samples.run()
    #expect(throws: (any Error).self) {
      try ExportedRun(
        files: RunFiles(
          plan: Data(#"{"trials": []}"#.utf8), trials: run.trials.map(\.row), rounds: [],
          ledgers: []),
        name: "x", question: "", finished: run.finished, program: "", cautions: [])
    }
  }
}
