import Foundation
import Testing
import _TestSupport

/// The whole program on the real data, one run at a time.
@Suite(.serialized) struct RunTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func run(
    _ experiment: String, _ output: String, _ more: String...
  ) throws -> Program.Ending {
    try Program.run(["run", experiment, "--output", folder.at(output), "--no-plot"] + more)
  }

  @Test func threadsAndRunsGiveTheSameBytes() throws {
    let experiment = try SmallExperiment.write(to: folder)
    let one = try run(experiment, "one", "--threads", "1")
    #expect(one.status == 0)
    #expect(one.output.hasPrefix("Does the program keep its word?\n\nsetting "))
    #expect(
      one.errors.split(separator: "\n").filter { $0.contains("accuracy") }.count == 6,
      "\(one.errors)")
    let two = try run(experiment, "two", "--threads", "2")
    #expect(two.status == 0 && two.output == one.output)
    let results = try SmallExperiment.results(folder, "one")
    #expect(try SmallExperiment.results(folder, "two") == results)

    // A finished run is shown, not repeated.
    let finished = try folder.data("two/provenance.json")
    let shown = try run(experiment, "two")
    #expect(shown.status == 0 && shown.output == one.output)
    #expect(shown.errors.hasPrefix("\(folder.at("two")) is complete; --restart recomputes it.\n"))
    #expect(try folder.data("two/provenance.json") == finished)

    let again = try run(experiment, "two", "--restart", "--threads", "2")
    #expect(again.status == 0 && again.output == one.output)
    #expect(try SmallExperiment.results(folder, "two") == results)

    // The plan is what `plan` printed, with every trial and price.
    let plan = try Program.run("plan", experiment, "--json")
    #expect(Data(plan.output.utf8) == results[4])
    let report = try Program.run("plan", experiment)
    #expect(report.status == 0)
    let trials = try folder.text("one/trials.csv").split(separator: "\n").dropFirst()
    #expect(trials.count == 6)
    for trial in trials { #expect(report.output.contains("\n\(trial.prefix(16))  ")) }

    let verified = try Program.run("verify", folder.at("one"))
    #expect(verified.status == 0)
    #expect(
      verified.output
        == "\(folder.at("one")): 6 trials; plan, prices and tables derive again, byte for byte\n")

    var altered = results[0]
    altered[altered.count - 3] ^= 1
    try folder.write(altered, to: "one/trials.csv")
    let failed = try Program.run("verify", folder.at("one"))
    #expect(failed.status == 2)
    #expect(
      failed.errors.contains(
        "difference: trials.csv was altered after the run: its checksum differs"))
    try folder.write("{}\n", to: "one/plan.json")
    #expect(try Program.run("verify", folder.at("one")).status == 2)

    // Results of another plan are safe from a run, restarted or not.
    let other = try SmallExperiment.write(to: folder, ["seed: 7": "seed: 8"], name: "other.yaml")
    for flags in [[], ["--restart"]] {
      let refused = try Program.run(["run", other, "--output", folder.at("two")] + flags)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("holds results of a different plan"))
    }
    #expect(try SmallExperiment.results(folder, "two") == results)
  }

  @Test func plansShowBothPricesAndWhyBoundsAreWide() throws {
    let poisson = try Program.run("plan", SmallExperiment.write(to: folder))
    let row = try #require(
      poisson.output.firstMatch(
        of: /([0-9.]+) \.\. ([0-9.]+) +([0-9.]+) +0  +privacy.noise.multiplier: 2\n/))
    let prices = try [row.1, row.2, row.3].map { try #require(Double($0)) }
    #expect(prices == prices.sorted() && prices[1] < prices[2])
    #expect(!poisson.output.contains("not tight"))

    let fixed = try Program.run(
      "plan",
      SmallExperiment.write(
        to: folder,
        ["{poisson_rate: 0.01}": "{cohort_size: 30}", "add-or-remove-one": "replace-one"]))
    #expect(fixed.status == 0)
    #expect(
      fixed.output.contains(
        "\nepsilon is not tight: no tight bound is known for cohorts of fixed size"))
  }

  /// Kills the program at moments that its own ledgers tell, then interrupts it, then lets it end.
  ///
  /// A value is used only after its event is on disk. So whatever is killed, a finished trial's ledger
  /// is complete, and no ledger ever loses a line that was complete before.
  @Test func killsLoseNoEventAndNoByte() throws {
    let experiment = try SmallExperiment.write(
      to: folder, ["rounds: 2\n": "rounds: 40\n", "poisson_rate: 0.01": "poisson_rate: 0.003"])
    let straight = try run(experiment, "straight", "--threads", "2")
    #expect(straight.status == 0)

    let command = [
      "run", experiment, "--output", folder.at("killed"), "--no-plot", "--threads", "1",
    ]
    var before: [String: String] = [:]
    for events in [1, 20, 60, 100] {
      let running = try Program.Running(command, in: nil)
      while running.isRunning, ledgers().values.reduce(0, { $0 + chargedReleases($1) }) < events {
        usleep(500)
      }
      running.send(SIGKILL)
      #expect(try running.end().wasKilled, "after \(events) events")
      let after = ledgers()
      for (trial, ledger) in before { #expect(after[trial]?.hasPrefix(ledger) == true) }
      for trial in finishedTrials() { #expect(after[trial].map(chargedReleases) == 40) }
      #expect(after.values.allSatisfy { chargedReleases($0) <= 40 })
      #expect(!folder.contents.contains("killed/trials.csv"))
      before = after.mapValues { String($0[..<($0.lastIndex(of: "\n") ?? $0.startIndex)]) }
    }

    let running = try Program.Running(command, in: nil)
    let finished = finishedTrials().count
    while running.isRunning, finishedTrials().count == finished { usleep(500) }
    running.send(SIGSTOP)
    let second = try Program.run(command)
    #expect(second.status == 1)
    #expect(second.errors.contains("another run is writing to \(folder.at("killed"))"))
    running.send(SIGINT)
    running.send(SIGCONT)
    let interrupted = try running.end()
    #expect(interrupted.status == 130)
    #expect(!interrupted.wasKilled)
    #expect(interrupted.errors.contains("stopped: what is done is kept in"))
    let kept = finishedTrials().count
    #expect(kept > finished)

    let rest = try Program.run(command)
    #expect(rest.status == 0)
    #expect(rest.errors.hasPrefix("\(kept) of 6 trials are finished already\n"))
    #expect(rest.output == straight.output)
    #expect(
      try SmallExperiment.results(folder, "killed") == SmallExperiment.results(folder, "straight"))
    #expect(try Program.run("verify", folder.at("killed")).status == 0)
  }

  /// A limit on the size of files stands for a full disk: what was charged before fits, one line more
  /// does not.
  @Test func aFullDiskLosesNothing() throws {
    let experiment = try SmallExperiment.write(
      to: folder,
      [
        "replicates: 2": "replicates: 1", "rounds: 2\n": "rounds: 80\n",
        "    - none\n    - {multiplier: 2.0}\n": "",
      ])
    let plan = try Program.run("plan", experiment, "--json").output
    let trial = try #require(plan.firstMatch(of: /"trial" : "([0-9a-f]{16})"/)).1
    let line =
      #"{"event":{"kind":"gaussian","noise_multiplier":1},"kind":"poisson_sampled","#
      + #""sampling_rate":0.01}"# + "\n"
    let ledger = folder.at("full/.partial/ledgers")
    try FileManager.default.createDirectory(atPath: ledger, withIntermediateDirectories: true)
    try folder.write(
      String(repeating: line, count: 12 * 512 / line.utf8.count),
      to: "full/.partial/ledgers/\(trial).jsonl")
    let full = try Program.run(
      after: "trap '' XFSZ; ulimit -f 12", "run", experiment, "--output", folder.at("full"),
      "--no-plot")
    #expect(full.status == 1)
    #expect(full.errors.contains("error: cannot write \(folder.at("full"))/.partial/ledgers/"))
    #expect(
      full.errors.contains(
        "File too large. Finished trials are kept; mend this and run the same command again to "
          + "continue."))
    #expect(full.output == "")
    let rest = try run(experiment, "full")
    #expect(rest.status == 0)
    #expect(try run(experiment, "straight").status == 0)
    #expect(
      try SmallExperiment.results(folder, "full") == SmallExperiment.results(folder, "straight"))
  }

  @Test func whatCannotBeWrittenIsNamed() throws {
    let experiment = try SmallExperiment.write(to: folder)
    try folder.write("mine", to: "file")
    let below = try run(experiment, "file/results")
    #expect(below.status == 1)
    #expect(below.errors.contains("file/results: Not a directory"))
    let over = try run(experiment, "file")
    #expect(over.status == 1)
    #expect(try folder.text("file") == "mine")
    let inside = try Program.run("run", experiment, "--output", folder.path)
    #expect(inside.status == 1)
    #expect(inside.errors.contains("\(folder.path) is not a results folder: it holds file"))
  }

  @Test func wrongExperimentsAre65() throws {
    let experiment = try SmallExperiment.write(to: folder, ["batch_size: 10": "batchsize: 10"])
    for command in ["run", "plan"] {
      let ending = try Program.run(command, experiment)
      #expect(ending.status == 65)
      #expect(
        ending.errors.hasPrefix(
          "error: \(experiment):17: training.batchsize: unknown key; did you mean \"batch_size\"?"))
      #expect(ending.output == "")
    }
    #expect(try Program.run("run", folder.at("none.yaml")).status == 65)
    #expect(folder.contents == ["small.yaml"])
  }

  @Test func missingAndDamagedDataAreNamedAndLoseNothing() throws {
    let experiment = try SmallExperiment.write(to: folder)
    let missing = try run(experiment, "results", "--data", folder.at("data"))
    #expect(missing.status == 1)
    #expect(missing.errors.contains("Fashion-MNIST is not installed; looked in"))

    let data = folder.at("data")
    let installed = "/usr/share/datasets/fashion-mnist"
    let names = try FileManager.default.contentsOfDirectory(atPath: installed)
      .filter { !$0.hasPrefix("train-labels") }
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: false)
    for name in names {
      try FileManager.default.createSymbolicLink(
        atPath: "\(data)/\(name)", withDestinationPath: "\(installed)/\(name)")
    }
    let incomplete = try run(experiment, "results", "--data", data)
    #expect(incomplete.status == 1)
    #expect(incomplete.errors.contains("holds neither train-labels-idx1-ubyte.gz nor"))

    // Magic number 2049 and 60,000 labels, big-endian.
    var labels = Data([0, 0, 8, 1, 0, 0, 0xea, 0x60]) + Data(count: 60_000)
    labels[8 + 1234] = 10
    try folder.write(labels, to: "data/train-labels-idx1-ubyte")
    let outside = try run(experiment, "results", "--data", data)
    #expect(outside.status == 1)
    #expect(outside.errors.contains("expected labels from 0 to 9, found 10 at example 1234"))

    labels[8 + 1234] = 9
    try folder.write(labels, to: "data/train-labels-idx1-ubyte")
    let altered = try run(experiment, "results", "--data", data)
    #expect(altered.status == 1)
    #expect(altered.errors.contains("is not the published file: expected SHA-256"))

    try folder.write(labels.prefix(1000), to: "data/train-labels-idx1-ubyte")
    let cut = try run(experiment, "results", "--data", data)
    #expect(cut.status == 1)
    #expect(cut.errors.contains("ends early: expected 60008 bytes unpacked, found 1000"))

    #expect(try run(experiment, "results").status == 0)
  }

  private var partial: String { folder.at("killed/.partial") }

  /// Trial to the text of its ledger.
  private func ledgers() -> [String: String] {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: "\(partial)/ledgers")) ?? []
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        let data = FileManager.default.contents(atPath: "\(partial)/ledgers/\(name)")
        return data.map { (String(name.prefix(16)), String(decoding: $0, as: UTF8.self)) }
      })
  }

  private func finishedTrials() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(partial)/trials")) ?? [])
      .filter { $0.hasSuffix(".json") }.map { String($0.prefix(16)) }
  }

  /// By the complete lines of a ledger.
  private func chargedReleases(_ text: String) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().reduce(0) {
      $0 + ($1.firstMatch(of: /"count":([0-9]+)/).flatMap { Int($0.1) } ?? 1)
    }
  }
}
