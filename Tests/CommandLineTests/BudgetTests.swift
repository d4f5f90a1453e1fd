import Foundation
import Testing
import _TestSupport

/// A budget file, and runs that pay from it, as processes.
@Suite(.serialized) struct BudgetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var budget: String { folder.at("budget.jsonl") }

  /// One setting and one replicate, so that a run takes no longer than it must.
  private func experiment(
    _ name: String, rounds: Int = 2, noiseMultiplier: Double = 1, firstReplicate: Int = 0
  ) throws -> String {
    try SmallExperiment.write(
      to: folder,
      [
        "replicates: 2": "replicates: 1\nfirst_replicate: \(firstReplicate)",
        "accountant: pld": "accountant: rdp", "rounds: 2\n": "rounds: \(rounds)\n",
        "poisson_rate: 0.01": "poisson_rate: 0.003",
        "    - none\n    - {multiplier: 2.0}\n    - {multiplier: 1.0}\n":
          "    - {multiplier: \(noiseMultiplier)}\n",
      ], name: "\(name).yaml")
  }

  private func create(for experiment: String, epsilon: Double = 2) throws {
    let ending = try Program.run(
      "budget", "create", budget, "--for", experiment, "--epsilon", "\(epsilon)", "--delta", "1e-5")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.output.hasPrefix("no run has paid from it yet\nspent 0 %, "))
  }

  private func run(
    _ experiment: String, _ output: String, _ more: String...
  ) throws -> Program.Ending {
    try Program.run(
      ["run", experiment, "--output", folder.at(output), "--no-plot", "--budget", budget] + more)
  }

  private struct Report: Decodable {
    let spent: Double
    let reserved: Double
    let left: Double
    let epsilonSoFar: Double
    let runs: [Run]

    struct Run: Decodable {
      let run: Int
      let state: String
      let releases: Int
      let share: Double
    }
  }

  private func report() throws -> Report {
    let shown = try Program.run("budget", "show", budget, "--format", "json")
    #expect(shown.status == 0, "\(shown.errors)")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Report.self, from: Data(shown.output.utf8))
  }

  /// Parts are asked about the same cohorts: together they spend what one run of the whole would.
  @Test func partsOfASweepSpendWhatTheWholeWould() throws {
    let sweep = try SmallExperiment.write(
      to: folder,
      [
        "replicates: 2": "replicates: 1", "accountant: pld": "accountant: rdp",
        "poisson_rate: 0.01": "poisson_rate: 0.003", "    - none\n": "",
      ], name: "sweep.yaml")
    try create(for: sweep)
    #expect(try run(sweep, "part1", "--shard", "1/2").status == 0)
    #expect(try run(sweep, "part2", "--shard", "2/2").status == 0)
    let parts = try report()
    #expect(parts.runs.map(\.state) == ["finished", "finished"])
    #expect(parts.runs.map(\.releases) == [2, 2])
    let merged = try Program.run(
      "merge", folder.at("part1"), folder.at("part2"), "--output", folder.at("merged"), "--no-plot")
    #expect(merged.status == 0, "\(merged.errors)")

    try FileManager.default.removeItem(atPath: budget)
    try create(for: sweep)
    #expect(try run(sweep, "whole").status == 0)
    let whole = try report()
    #expect(whole.spent == parts.spent && whole.epsilonSoFar == parts.epsilonSoFar)
    #expect(
      try SmallExperiment.results(folder, "merged") == SmallExperiment.results(folder, "whole"))
  }

  @Test func experimentsShareAFileUntilItIsSpent() throws {
    let one = try experiment("one")
    try create(for: one)
    #expect(try run(one, "one").status == 0)
    let without = try Program.run(
      "run", one, "--output", folder.at("without"), "--no-plot")
    #expect(without.status == 0)
    #expect(
      try SmallExperiment.results(folder, "one") == SmallExperiment.results(folder, "without"))

    // The same cohorts are not asked again; others are.
    let again = try run(try experiment("again", noiseMultiplier: 2), "again")
    #expect(again.status == 1)
    #expect(
      again.errors.contains("run 1 has asked about the random cohorts of seed 7, replicate 0"))
    #expect(try run(try experiment("two", firstReplicate: 1), "two").status == 0)
    let before = try report()
    #expect(before.runs.map(\.state) == ["finished", "finished"])
    #expect(before.runs.map(\.releases) == [2, 2])
    #expect(abs(before.spent - before.runs[0].share - before.runs[1].share) < 1e-9)
    #expect(before.reserved == 0 && before.epsilonSoFar > 0)

    let file = try folder.data("budget.jsonl")
    let third = try run(
      try experiment("three", rounds: 90_000, firstReplicate: 2), "three")
    #expect(third.status == 1)
    #expect(
      third.errors.firstMatch(
        of:
          /the plan costs [0-9.]+ % of the total \(epsilon 2.0 at delta = 1e-05\), and [0-9.]+ % are left. Nothing was started./
      ) != nil, "\(third.errors)")
    #expect(third.output == "")
    #expect(!folder.contents.contains { $0.hasPrefix("three/") || $0 == "three" })
    #expect(!folder.contents.contains { $0.hasPrefix("again") && $0 != "again.yaml" })
    #expect(try folder.data("budget.jsonl") == file)

    let table = try Program.run("budget", budget)
    #expect(table.status == 0)
    #expect(table.output.contains(/\n1 +small +finished +2 of 2/))
    #expect(
      table.output.contains("in the end: epsilon <= 2.0 at delta = 1e-05 for all runs together"))
    #expect(table.output.contains("unit: client (3000 clients, partition iid); neighbors: add-or-"))
    let rows = try Program.run("budget", "show", budget, "--format", "csv")
    #expect(
      rows.output.hasPrefix(
        "run,experiment,state,started,folder,releases,planned_releases,share,plan_epsilon\n1,small,"
      ))

    let verified = try Program.run(
      "budget", "verify", budget, folder.at("one"), folder.at("two"))
    #expect(verified.status == 0)
    #expect(verified.output.hasSuffix("lines hold together and cover 2 results folders\n"))
    let uncharged = try Program.run("budget", "verify", budget, folder.at("without"))
    #expect(uncharged.status == 2)
    #expect(uncharged.errors.contains("were not charged to it"))

    // A finished run is shown, if it was charged; one that pays from a budget needs it.
    #expect(try run(one, "one").errors.contains("one is complete; --restart recomputes it."))
    let shown = try run(one, "without")
    #expect(shown.status == 1 && shown.errors.contains("--restart computes and charges them again"))
    let escaping = try Program.run(
      "run", one, "--output", folder.at("one"), "--no-plot", "--restart")
    #expect(escaping.status == 1)
    #expect(escaping.errors.contains("is charged to this budget. Go on with --budget \(budget)."))

    // The last line gone, the receipts tell.
    let lines = file.split(separator: UInt8(ascii: "\n"))
    try folder.write(
      Data(lines.dropLast().joined(separator: Data("\n".utf8))) + [10], to: "budget.jsonl")
    #expect(try Program.run("budget", "verify", budget).status == 0)
    let cut = try Program.run("budget", "verify", budget, folder.at("two"))
    #expect(cut.status == 2)
    #expect(
      cut.errors.contains("it lacks line \(lines.count), for which \(folder.at("two"))/budget.json")
    )
    var altered = file
    altered[altered.count / 2] ^= 4
    try folder.write(altered, to: "budget.jsonl")
    #expect(try Program.run("budget", "verify", budget).status == 2)
    #expect(try run(one, "one").status == 1)
  }

  /// Stops a run while it does not hold the budget's lock, for which all others would wait.
  private func stop(_ running: Program.Running) throws {
    let descriptor = open(budget, O_RDWR)
    try #require(descriptor >= 0 && flock(descriptor, LOCK_EX) == 0)
    running.send(SIGSTOP)
    usleep(50_000)
    close(descriptor)
  }

  /// A killed run is counted in full until it goes on, or is closed and counts as far as it was charged.
  @Test func killedRunsAreChargedNoLessThanTheyReleased() throws {
    let path = try experiment("small", rounds: 60)
    try create(for: path)
    let straight = try Program.run(
      "run", path, "--output", folder.at("straight"), "--no-plot", "--threads", "1")
    #expect(straight.status == 0)
    let command = [
      "run", path, "--output", folder.at("killed"), "--no-plot", "--threads", "1", "--budget",
      budget,
    ]
    for released in [1, 4] {
      let running = try Program.Running(command, in: nil)
      while running.isRunning, ledgerLines("killed") < released { usleep(500) }
      running.send(SIGKILL)
      #expect(try running.end().wasKilled)
      let dead = try report()
      #expect(dead.runs.map(\.state) == ["dead"])
      #expect(dead.reserved > 0)
      #expect(dead.runs[0].releases >= chargedReleases("killed"))
      let verified = try Program.run("budget", "verify", budget, folder.at("killed"))
      #expect(verified.status == 0, "\(verified.errors)")
      #expect(try Program.run("budget", budget).output.contains("nobody runs 1: "))
    }
    let full = try report()
    #expect(try Program.run(command).status == 0)
    #expect(
      try SmallExperiment.results(folder, "killed") == SmallExperiment.results(folder, "straight"))
    let finished = try report()
    #expect(finished.runs.map(\.state) == ["finished"])
    #expect(finished.runs.map(\.releases) == [60])
    #expect(abs(finished.spent - full.spent - full.reserved) < 1e-9)
    #expect(try Program.run("budget", "verify", budget, folder.at("killed")).status == 0)

    // Another one is closed.
    let other = try experiment("closed", rounds: 60, firstReplicate: 1)
    let running = try Program.Running(
      [
        "run", other, "--output", folder.at("closed"), "--no-plot", "--threads", "1", "--budget",
        budget,
      ], in: nil)
    while running.isRunning, ledgerLines("closed") < 2 { usleep(500) }
    try stop(running)
    let alive = try Program.run("budget", "close", budget, "2")
    #expect(alive.status == 1 && alive.errors.contains("run 2 is being run"))
    running.send(SIGKILL)
    #expect(try running.end().wasKilled)
    let open = try report()
    #expect(try Program.run("budget", "close", budget, "2").status == 0)
    let closed = try report()
    #expect(closed.runs.map(\.state) == ["finished", "abandoned"])
    #expect(closed.reserved == 0 && closed.spent < open.spent + open.reserved)
    #expect(closed.runs[1].releases >= chargedReleases("closed"))
    #expect(try Program.run("budget", "verify", budget, folder.at("closed")).status == 0)
    let missing = try Program.run("budget", "close", budget, "3")
    #expect(missing.status == 1 && missing.errors.contains("there is no run 3"))
  }

  /// What is left is enough for one of two.
  @Test func oneOfTwoThatRaceForTheLastStarts() throws {
    let (one, two) = (
      try experiment("one", noiseMultiplier: 0.4),
      try experiment("two", noiseMultiplier: 0.4, firstReplicate: 1)
    )
    try create(for: one, epsilon: 6)
    let racing = try [one, two].enumerated().map { index, path in
      try Program.Running(
        [
          "run", path, "--output", folder.at("race\(index)"), "--no-plot", "--threads", "1",
          "--budget", budget,
        ], in: nil)
    }
    let endings = try racing.map { try $0.end() }
    #expect(endings.map(\.status).sorted() == [0, 1], "\(endings.map(\.errors))")
    let loser = endings[0].status == 1 ? 0 : 1
    #expect(endings[loser].errors.contains("Nothing was started."))
    #expect(!folder.contents.contains("race\(loser)"))
    let after = try report()
    #expect(after.runs.map(\.state) == ["finished"] && after.spent > 0.5 && after.spent <= 1)
  }

  /// A limit on the size of files stands for a full disk.
  @Test func aFullDiskStopsTheRunAndLosesNothing() throws {
    let before = try experiment("before", firstReplicate: 1)
    let path = try experiment("small", rounds: 60)
    try create(for: before)
    // So that the file is longer than any other.
    #expect(try run(before, "before").status == 0)
    let command = [
      "run", path, "--output", folder.at("full"), "--no-plot", "--threads", "1", "--budget", budget,
    ]
    let full = try Program.run(after: "trap '' XFSZ; ulimit -f 6", command)
    #expect(full.status == 1)
    #expect(
      full.errors.contains("error: cannot write \(budget): File too large."), "\(full.errors)")
    #expect(full.errors.contains("note: the run stays open in its budget: cannot write \(budget)"))
    let dead = try report()
    #expect(dead.runs.map(\.state) == ["finished", "dead"])
    #expect((1..<60).contains(dead.runs[1].releases))
    #expect(dead.runs[1].releases >= chargedReleases("full"))
    #expect(try Program.run(command).status == 0)
    #expect(try report().runs.map(\.releases) == [2, 60])
    #expect(
      try Program.run("budget", "verify", budget, folder.at("before"), folder.at("full")).status
        == 0)
  }

  @Test func wrongUseIsExplained() throws {
    let path = try experiment("small")
    let missing = try run(path, "results")
    #expect(missing.status == 1)
    #expect(missing.errors.contains("cannot read \(budget): No such file or directory"))
    try create(for: path)
    let again = try Program.run(
      "budget", "create", budget, "--for", path, "--epsilon", "1", "--delta", "1e-5")
    #expect(again.status == 1 && again.errors.contains("there is a file already"))
    for (arguments, text) in [
      (["--epsilon", "1", "--delta", "2"], "delta is 2.0; it must be"),
      (
        ["--epsilon", "1", "--delta", "1e-5", "--order", "2"], "no divergence converts to epsilon 1"
      ),
    ] {
      let wrong = try Program.run(
        ["budget", "create", folder.at("wrong"), "--for", path] + arguments)
      #expect(wrong.status == 64 || wrong.status == 1)
      #expect(wrong.errors.contains(text), "\(wrong.errors)")
    }
    let noise = try SmallExperiment.write(to: folder, name: "none.yaml")
    let refused = try run(noise, "none")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("privacy.noise=none has no noise; take it out of the sweep"))
    #expect(!folder.contents.contains("none") && !folder.contents.contains("wrong"))
  }

  /// Complete lines of all ledgers of an unfinished run.
  private func ledgerLines(_ output: String) -> Int { lines(output).count }

  private func chargedReleases(_ output: String) -> Int {
    lines(output).reduce(0) {
      $0 + ($1.firstMatch(of: /"count":([0-9]+)/).flatMap { Int($0.1) } ?? 1)
    }
  }

  private func lines(_ output: String) -> [Substring] {
    let ledgers = folder.at("\(output)/.partial/ledgers")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: ledgers)) ?? []
    return names.flatMap { name -> [Substring] in
      let data = FileManager.default.contents(atPath: "\(ledgers)/\(name)") ?? Data()
      return String(decoding: data, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }
  }
}
