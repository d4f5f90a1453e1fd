import Accounting
import Foundation
import Results
import Statistics
import Testing

@testable import Reporting

@Suite struct RunComparisonTableTests {
  /// A run of one private setting whose plan has one value that matters.
  private func run(
    _ name: String, clients: Int = 10, norm: Int = 1, accountant: AccountantKind = .pld,
    sweep: String = "privacy.noise=target_epsilon:8", accuracies: [Double]
  ) throws -> RecordedRun {
    let trials = Samples.trials([
      (sweep, try Samples.claim(8, noiseMultiplier: 1, accountant: accountant), accuracies)
    ])
    let plan = """
      {"name": "\(name)", "trials": [{"trial": "\(name)", "setting": 0, "plan": {"seed": 1,
      "dataset": {"clients": \(clients)}, "privacy": {"clipping_norm": \(norm)}}}]}
      """
    return try RecordedRun(
      directory: "results/\(name)",
      files: RunFiles(plan: Data(plan.utf8), trials: trials, rounds: [], ledgers: []))
  }

  private func lines(_ first: RecordedRun, _ second: RecordedRun) -> [String] {
    RunComparisonTable(RunComparison(first, second, terms: StatisticsTerms())).description
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Three differences of 0.01, 0.02 and 0.03: t = 2 sqrt(3), and Student's 4.303 for the interval.
  @Test func pairsAreShownWithWhatDiffers() throws {
    let lines = lines(
      try run("a", accuracies: [0.5, 0.6, 0.7]),
      try run("b", norm: 2, accountant: .rdp, accuracies: [0.51, 0.62, 0.73]))
    #expect(
      lines == [
        "a: results/a (a)", "b: results/b (b)", "",
        "setting                 epsilon a  epsilon b  accuracy a  accuracy b  difference  "
          + " 95 % interval      p  p by Holm  n     by                  b is",
        "noise=target_epsilon:8     <= 8.0     <= 8.0     60.00 %     62.00 %       +2.00  "
          + "-0.48 .. +4.48  0.074      0.074  3  pairs  not to be told apart",
        "epsilon: upper bound, rounded up, at delta = 1e-05; unit: client; neighbors: "
          + "add-or-remove-one; sampling: poisson(rate=0.1); accountant: pld",
        "epsilon: upper bound, rounded up, at delta = 1e-05; unit: client; neighbors: "
          + "add-or-remove-one; sampling: poisson(rate=0.1); accountant: rdp",
        "difference: b less a in percentage points; p: of Student's two-sided test that there is none; "
          + "by Holm: adjusted for the one test; intervals are not adjusted",
        "pairs: replicates of one number, which share seed, data and cohorts in both runs", "",
        "privacy statements that differ, a -> b:", "  accountant: pld -> rdp", "",
        "plans that differ, a -> b:", "  privacy.clipping_norm: 1 -> 2",
      ])
  }

  @Test func whyNothingPairsIsSaid() throws {
    let lines = lines(
      try run("a", accuracies: [0.5, 0.6]), try run("b", clients: 20, accuracies: [0.5, 0.6]))
    #expect(
      lines.contains(
        "Welch: nothing pairs the replicates, since the runs differ in dataset.clients"))
    #expect(lines.contains("privacy statements: the same"))
    #expect(lines.contains { $0.contains("2, 2  Welch") })
  }

  @Test func runsThatShareNothingAreListed() throws {
    let lines = lines(
      try run("a", accuracies: [0.5]), try run("b", norm: 2, sweep: "x=1", accuracies: [0.5]))
    #expect(
      lines.suffix(4) == [
        "no setting is in both: none has the same resolved values, and none the same swept values",
        "", "only in a: noise=target_epsilon:8", "only in b: x=1",
      ])
  }
}
