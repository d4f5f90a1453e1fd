import Foundation
import Testing
import _TestSupport

/// `statistics` on finished results of this repository.
@Suite struct StatisticsTests {
  @Test func tablesAndObjectsSayTheSame() throws {
    let folder = Repository.path("results/fashion-mnist-fedavg")
    let table = try Program.run("statistics", folder, "--half-width", "0.1")
    #expect(table.status == 0, "\(table.errors)")
    #expect(table.output.contains("n for +-0.1"))
    let json = try Program.run("statistics", folder, "--json", "--confidence", "0.9")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let neighbors = try #require(object["neighbors"] as? [[String: Any]])
    #expect(neighbors.count == 8)
    let last = try #require(neighbors.last)
    #expect(last["first"] as? String == "privacy.noise=target_epsilon:8")
    #expect(last["second"] as? String == "privacy.noise=none")
    // scipy.stats.ttest_rel of the two lists of accuracies, SciPy 1.17.1.
    #expect(abs(try #require(last["p_value"] as? Double) - 3.509329436723502e-05) < 1e-14)
    #expect(last["verdict"] as? String == "higher")
    let bootstrap = try Program.run("statistics", folder, "--interval", "bootstrap")
    #expect(bootstrap.status == 0 && bootstrap.output.contains("accelerated bootstrap"))
  }

  @Test func privateChoicesAreRefused() throws {
    let ending = try Program.run("statistics", Repository.path("results/private-selection"))
    #expect(ending.status == 1 && ending.output == "")
    #expect(ending.errors.contains("its epsilon covers the chosen run in selection.csv alone"))
  }

  @Test(arguments: [
    ("--confidence 1", "--confidence is 1.0; it must be greater than 0 and less than 1."),
    ("--confidence -0.5", "--confidence is -0.5"), ("--half-width 0", "--half-width is 0.0;"),
    ("--half-width nan", "--half-width is nan"),
    ("--interval normal", "of 'student' and 'bootstrap'"),
  ])
  func wrongNumbersAre64(flags: String, message: String) throws {
    let ending = try Program.run(["statistics", "."] + flags.components(separatedBy: " "))
    #expect(ending.status == 64)
    #expect(ending.errors.contains(message), "\(ending.errors)")
  }

  @Test func aFolderWithoutResultsIsNamed() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run("statistics", folder.path)
    #expect(ending.status == 1)
    #expect(ending.errors.contains("no finished run is here"))
  }
}
