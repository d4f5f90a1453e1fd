import Foundation
import Testing
import _TestSupport

/// `compare` on finished results of this repository.
@Suite struct CompareTests {
  @Test func runsOfOtherDataAreComparedByWelch() throws {
    let folders = ["fashion-mnist-fedavg", "million-clients"].map {
      Repository.path("results/\($0)")
    }
    let table = try Program.run(["compare"] + folders)
    #expect(table.status == 0, "\(table.errors)")
    for text in [
      "a: \(folders[0]) (fashion-mnist-fedavg)\nb: \(folders[1]) (million-clients)\n",
      "Welch: nothing pairs the replicates, since the runs differ in dataset.clients\n",
      "privacy statements that differ, a -> b:\n  delta: 1e-05 -> 1e-07\n"
        + "  sampling: poisson(rate=0.1) -> poisson(rate=0.001)\n",
      "\n  dataset.clients: 3000 -> 1000000\n", "\n  dataset.partition.drawn: nothing -> 20\n",
      "only in a: noise=target_epsilon:8\n", "only in b: noise=target_epsilon:0.1\n",
    ] { #expect(table.output.contains(text), "\(table.output)") }
    let json = try Program.run(["compare"] + folders + ["--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let settings = try #require(object["settings"] as? [[String: Any]])
    #expect(settings.count == 4)
    // scipy.stats.ttest_ind(b, a, equal_var=False) of SciPy 1.17.1, at target epsilon 2.
    #expect(abs(try #require(settings[1]["p_value"] as? Double) - 0.00134517750632751) < 1e-12)
    #expect(settings[1]["verdict"] as? String == "lower")
  }

  @Test func aRunIsTheSameAsItself() throws {
    let folder = Repository.path("results/digits")
    let ending = try Program.run("compare", folder, folder)
    #expect(ending.status == 0)
    #expect(ending.output.contains("\n\nprivacy statements: the same\n\nplans: the same\n"))
    #expect(ending.output.components(separatedBy: "same trials").count == 10)
  }

  @Test func privateChoicesAreRefused() throws {
    let folders = ["digits", "private-selection"].map { Repository.path("results/\($0)") }
    let ending = try Program.run(["compare"] + folders)
    #expect(ending.status == 1 && ending.output == "")
    #expect(ending.errors.contains("results/private-selection chooses privately"))
  }
}
