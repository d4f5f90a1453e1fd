import Foundation
import Testing
import _TestSupport

/// What a run says of itself while it goes on.
@Suite(.serialized) struct ProgressTests {
  private let folder: TemporaryFolder
  private let experiment: String

  init() throws {
    folder = try TemporaryFolder()
    experiment = try SmallExperiment.write(
      to: folder,
      [
        "replicates: 2": "replicates: 1", "rounds: 2\n": "rounds: 24\n", "every: 1000": "every: 5",
        "poisson_rate: 0.01": "poisson_rate: 0.003",
      ])
  }

  /// Runs on a pseudo-terminal; what comes out are both streams.
  private func runOnTerminal(
    columns: Int, _ arguments: String = "", kind: String = "xterm"
  ) throws -> (screen: Screen, output: String) {
    let command =
      "stty cols \(columns) rows 24; unset COLUMNS; TERM=\(kind) exec '\(Program.path)' run "
      + "'\(experiment)' --output '\(folder.at("results"))' --restart --no-plot \(arguments)"
    let ending = try Program.Running(
      program: "/usr/bin/script", ["--quiet", "--return", "--command", command, "/dev/null"],
      in: nil
    ).end()
    #expect(ending.status == 0, "\(ending.output)")
    let output = ending.output.replacingOccurrences(of: "\r\n", with: "\n")
    return (Screen(columns: columns, rows: 24, ending.output), output)
  }

  @Test(arguments: [100, 40])
  func aTerminalShowsABlockThatRenewsItself(columns: Int) throws {
    let (screen, output) = try runOnTerminal(columns: columns)
    #expect(screen.drawings.count > 2)
    for line in output.split(separator: "\n") where line.hasSuffix("\u{1B}[K") {
      let text = line.replacing(/\u{1B}\[\d*[A-Z]|\r/, with: "")
      #expect(text.count < columns, "\(text)")
    }
    let overall = try Regex(
      columns == 100
        ? #"\n\[#*-*\]  \d+ %  0/3 trials  .+ left  ends \d\d:\d\d\n"#
        : #"\n\[#*-*\]  \d+ %  0/3( trials)?  .+ left\n"#)
    #expect(screen.drawings.contains { $0.contains(overall) }, "\(screen.drawings)")
    let group = try Regex(
      columns == 100
        ? #"\n\[#*-*\]  \d+/24  (accuracy )?[0-9.]+.+ %  epsilon <= .+, or inf.*  replicate 0"#
        : #"\n\d+/24  [0-9.]+-[0-9.]+ %  eps. <= [0-9.]+"#)
    #expect(screen.drawings.contains { $0.contains(group) }, "\(screen.drawings)")
    // Nothing of it stays.
    #expect(!screen.text.contains("]  ") && !screen.text.contains("/24"))
    #expect(screen.text.filter { $0 != "\n" }.contains("computed 3 trials in "))
    #expect(screen.text.filter { $0 != "\n" }.contains("table: "))
  }

  @Test func aTerminalThatOnlyPrintsHasALog() throws {
    let (_, output) = try runOnTerminal(columns: 80, "--log-seconds 0", kind: "dumb")
    #expect(!output.contains("\u{1B}"))
    #expect(output.contains(#/\nprogress: \d+ %, 0/3 trials, \d+ s left, ends about/#))
    #expect(
      output.contains(#/\n  round \d+/24, accuracy .* %, epsilon <= .*, or inf at delta 1e-05, /#))
    let finished = output.split(separator: "\n").filter { $0.hasPrefix("trial ") }
    #expect(finished.count == 3)
    #expect(
      finished[2].contains(
        #/privacy.noise=multiplier:1.0 replicate 0: accuracy 0.\d+, epsilon <= [0-9.]+ at delta 1e-05/#
      ))
  }

  @Test func jsonIsAnObjectALine() throws {
    let ending = try Program.run(
      "run", experiment, "--output", folder.at("json"), "--no-plot", "--log-format", "json",
      "--log-seconds", "0")
    #expect(ending.status == 0)
    let records = try ending.errors.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    for record in records {
      let time = try #require(record["time"] as? String)
      #expect(try Date(time, strategy: .iso8601.time(includingFractionalSeconds: true)) <= .now)
    }
    func all(_ event: String) -> [[String: Any]] {
      records.filter { $0["event"] as? String == event }
    }
    #expect(records[0]["event"] as? String == "started" && records[0]["trials"] as? Int == 3)
    #expect(all("progress").allSatisfy { $0["share"] is Double })
    let rounds = all("round")
    #expect(!rounds.isEmpty)
    for round in rounds {
      #expect((round["round"] as? Int).map { (1...24).contains($0) } == true)
      #expect(round["rounds"] as? Int == 24)
      #expect(round["delta"] as? Double == 1e-5 && round["accountant"] as? String == "pld")
      #expect(round["privacy_unit"] as? String == "client")
      #expect(round["neighboring_relation"] as? String == "add-or-remove-one")
      #expect(round["sampling"] as? String == "poisson(rate=0.003)")
      #expect(round["seconds_left"] is Double)
      let isPrivate = round["sweep"] as? String != "privacy.noise=none"
      #expect((round["epsilon_upper"] as? String == "inf") == !isPrivate)
    }
    let trials = all("finished_trial")
    #expect(trials.count == 3)
    let rows = try folder.text("json/trials.csv").split(separator: "\n").dropFirst()
    for (trial, row) in zip(trials, rows) {
      #expect(row.hasPrefix(try #require(trial["trial"] as? String)))
      #expect(row.contains(",\(try #require(trial["accuracy"] as? Double)),"))
    }
    let end = try #require(all("finished").first)
    #expect(end["computed_trials"] as? Int == 3 && end["kept_trials"] as? Int == 0)
    #expect(end["slowest_setting"] is String && end["directory"] as? String == folder.at("json"))
    #expect(records.last?["message"] as? String == "table: \(folder.at("json"))/tradeoff.csv")

    let failing = try Program.run("run", folder.at("none.yaml"), "--log-format", "json")
    #expect(failing.status == 65)
    #expect(failing.errors.contains(#""event":"error","message":""#))
    #expect(failing.errors.split(separator: "\n").count == 1)
  }

  @Test func quietIsQuiet() throws {
    let ending = try Program.run(
      "run", experiment, "--output", folder.at("quiet"), "--no-plot", "--quiet")
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    #expect(ending.output.hasPrefix("Does the program keep its word?\n"))
  }
}
