import Foundation
import Testing
import _TestSupport

/// Sweeps that grow, and sweeps in parts.
@Suite(.serialized) struct MergeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func run(_ experiment: String, _ output: String, _ more: String...) throws
    -> Program.Ending
  {
    try Program.run(["run", experiment, "--output", folder.at(output), "--no-plot"] + more)
  }

  @Test func partsAreMergedToTheBytesOfOneRun() throws {
    let experiment = try SmallExperiment.write(to: folder)
    #expect(try run(experiment, "whole").status == 0)
    for part in 1...3 {
      let ending = try run(experiment, "part\(part)", "--shard", "\(part)/3")
      #expect(ending.status == 0 && ending.output.isEmpty)
      #expect(ending.errors.contains("part \(part) of 3: 2 trials are finished"))
    }
    let parts = (1...3).map { folder.at("part\($0)") }
    let early = try Program.run(
      ["merge", "--no-plot", "--output", folder.at("early")] + parts.dropLast())
    #expect(early.status == 1 && early.errors.contains("2 of the sweep's 6 trials are in none"))
    #expect(!folder.contents.contains("early"))

    let merged = try Program.run(
      ["merge", "--no-plot", "--output", folder.at("merged")] + parts.reversed())
    #expect(merged.status == 0, "\(merged.errors)")
    #expect(merged.output.hasPrefix("Does the program keep its word?\n\nsetting "))
    #expect(
      try SmallExperiment.results(folder, "merged") == SmallExperiment.results(folder, "whole"))
    #expect(try Program.run("verify", folder.at("merged")).status == 0)
    #expect(try folder.text("merged/provenance.json").components(separatedBy: "--shard").count == 4)
    let again = try Program.run(["merge", "--output", folder.at("merged")] + parts)
    #expect(again.status == 64 && again.errors.contains("holds this sweep already, finished"))
  }

  @Test(arguments: ["0/3", "4/3", "3", "1/0", "-1/3", "1/1000000", "a/b"])
  func partsThatAreNoneAreUsageErrors(part: String) throws {
    let ending = try Program.run("run", "none.yaml", "--shard=\(part)")
    #expect(ending.status == 64 && ending.errors.contains("write 3/8 for the third of eight"))
  }

  @Test func aFinishedSweepGrows() throws {
    let small = try SmallExperiment.write(to: folder, ["    - {multiplier: 1.0}\n": ""])
    #expect(try run(small, "grown").status == 0)
    let large = try SmallExperiment.write(to: folder, name: "large.yaml")
    let grown = try run(large, "grown")
    #expect(grown.status == 0)
    #expect(grown.errors.contains("4 of 6 trials are finished already"))
    #expect(try run(large, "straight").status == 0)
    #expect(
      try SmallExperiment.results(folder, "grown") == SmallExperiment.results(folder, "straight"))

    let refused = try run(small, "grown")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("no longer names 2 of them. --drop-removed leaves them out"))
    #expect(try run(small, "grown", "--drop-removed").status == 0)
    #expect(try folder.text("grown/trials.csv").split(separator: "\n").count == 5)
  }
}
