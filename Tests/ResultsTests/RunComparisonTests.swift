import Accounting
import Foundation
import Results
import Statistics
import Testing

@Suite struct RunComparisonTests {
  /// A run whose settings are of one privacy; `values` are the other values of their plans.
  private func run(
    _ name: String, seed: Int = 1, epsilon: Double = 3, firstReplicate: Int = 0,
    _ settings: [(sweep: String, values: [String: Any], accuracies: [Double])]
  ) throws -> RecordedRun {
    let claim = try Samples.claim(epsilon: (epsilon / 2, epsilon))
    var rows: [TrialRow] = []
    var trials: [[String: Any]] = []
    for (index, setting) in settings.enumerated() {
      for (number, accuracy) in setting.accuracies.enumerated() {
        let replicate = firstReplicate + number
        var plan = setting.values
        plan["seed"] = seed
        plan["replicate"] = replicate
        let sorted = try JSONSerialization.data(withJSONObject: plan, options: .sortedKeys)
        let trial = TrialID(fingerprinting: sorted).description
        rows.append(
          Samples.trial(
            trial, setting: index, replicate: replicate, sweep: setting.sweep, claim: claim,
            accuracy: accuracy))
        trials.append([
          "trial": trial, "setting": index, "sweep": setting.sweep, "plan": plan,
        ])
      }
    }
    let plan = try JSONSerialization.data(withJSONObject: ["name": name, "trials": trials])
    return try RecordedRun(
      directory: "results/\(name)",
      files: RunFiles(plan: plan, trials: rows, rounds: [], ledgers: []))
  }

  private func plan(
    clients: Int = 10, rate: Double = 0.5, norm: Double = 1
  ) -> [String: Any] {
    [
      "dataset": ["clients": clients, "name": "digits"], "dataset_fingerprint": "abc",
      "training": ["sampling": ["poisson_rate": rate], "rounds": 3],
      "privacy": ["clipping_norm": norm],
    ]
  }

  private func compare(_ first: RecordedRun, _ second: RecordedRun) -> RunComparison {
    RunComparison(first, second, terms: StatisticsTerms())
  }

  private let eight = [0.8285, 0.8267, 0.8251, 0.8264, 0.8275]
  private let six = [0.8255, 0.8291, 0.8262, 0.8281, 0.8268]

  /// The p-value of "noise" in StatisticsTests' table of paired differences, by scipy.stats.ttest_rel.
  @Test func replicatesOfOneSeedAndCohortAreTakenInPairs() throws {
    let comparison = compare(
      try run("a", [("s", plan(norm: 1), eight)]), try run("b", [("s", plan(norm: 2), six)]))
    let setting = try #require(comparison.settings.first)
    #expect(setting.basis == .paired(5))
    #expect(abs(try #require(setting.pValue) - 0.773025383691014) < 1e-10)
    #expect(setting.verdict == .cannotBeToldApart)
    #expect(comparison.planDifferences.map(\.description) == ["privacy.clipping_norm: 1 -> 2"])
    #expect(setting.planDifferences.isEmpty)
  }

  /// scipy.stats.ttest_ind(six, eight, equal_var=False).pvalue of SciPy 1.17.1.
  @Test(arguments: ["seed", "dataset.clients", "training.sampling.poisson_rate"])
  func othersAreComparedByWelch(path: String) throws {
    let other =
      switch path {
      case "seed": try run("b", seed: 2, [("s", plan(), six)])
      case "dataset.clients": try run("b", [("s", plan(clients: 20), six)])
      default: try run("b", [("s", plan(rate: 0.25), six)])
      }
    let setting = try #require(compare(try run("a", [("s", plan(), eight)]), other).settings.first)
    #expect(setting.basis == .unpaired(first: 5, second: 5, path: path))
    #expect(abs(try #require(setting.pValue) - 0.7371567125814703) < 1e-10)
  }

  @Test func replicatesOfOtherNumbersAreNoPairs() throws {
    let comparison = compare(
      try run("a", [("s", plan(), [0.5, 0.6])]),
      try run("b", firstReplicate: 2, [("s", plan(), [0.7, 0.6])]))
    #expect(comparison.settings.map(\.basis) == [.unpaired(first: 2, second: 2, path: nil)])
  }

  @Test func sameTrialsAreNoTest() throws {
    let comparison = compare(
      try run("a", [("s", plan(), eight), ("t", plan(norm: 3), eight)]),
      try run("b", [("s", plan(), eight), ("t", plan(norm: 2), six)]))
    #expect(comparison.settings.map(\.basis) == [.sameTrials, .paired(5)])
    #expect(comparison.settings.map(\.verdict) == [.same, .cannotBeToldApart])
    #expect(comparison.settings[1].holmPValue == comparison.settings[1].pValue)
    // The same trials with other accuracies are worth a look.
    let altered = compare(
      try run("a", [("s", plan(), eight)]), try run("b", [("s", plan(), six)]))
    #expect(altered.settings.map(\.basis) == [.paired(5)])
  }

  @Test func settingsAreMatchedByValuesAndThenByLabel() throws {
    let comparison = compare(
      try run(
        "a",
        [
          ("norm=1", plan(norm: 1), [0.1]), ("norm=2", plan(norm: 2), [0.2]),
          ("norm=3", plan(norm: 3), [0.3]),
        ]),
      try run(
        "b",
        [
          ("norm=2", plan(norm: 7), [0.4]), ("x", plan(norm: 1), [0.5]),
          ("norm=4", plan(norm: 4), [0.6]),
        ]))
    #expect(comparison.settings.map(\.first.sweep) == ["norm=1", "norm=2"])
    #expect(comparison.settings.map(\.second.sweep) == ["x", "norm=2"])
    #expect(comparison.onlyInFirst == ["norm=3"] && comparison.onlyInSecond == ["norm=4"])
    #expect(comparison.settings.map(\.verdict) == [.unknown, .unknown])
    #expect(comparison.planDifferences.isEmpty)
    #expect(
      comparison.settings[1].planDifferences.map(\.description) == [
        "privacy.clipping_norm: 2 -> 7"
      ])
  }

  @Test func claimsDifferByWhatIsPrinted() throws {
    func claim(_ epsilon: Double, delta: Double = 1e-5) throws -> PrivacyClaim {
      try Samples.claim(epsilon: (epsilon / 2, epsilon), delta: delta)
    }
    #expect(try claim(7.99999).statementDifferences(to: claim(7.99997)).isEmpty)
    #expect(
      try claim(8).statementDifferences(to: claim(7.5, delta: 1e-6)).map(\.description)
        == ["epsilon: 8.0 -> 7.5", "delta: 1e-05 -> 1e-06"])
    let none = try Samples.nonPrivateClaim()
    #expect(none.statementDifferences(to: none).isEmpty)
    #expect(
      try none.statementDifferences(to: claim(8)).map(\.description).first
        == "epsilon: inf -> 8.0")
  }

  @Test func aPlanThatIsNoneIsNamed() throws {
    for (plan, reason) in [("{", "it is not JSON"), ("{}", "it lacks a name or trials")] {
      #expect(
        throws: ResultsError.unreadable(file: "results/x/plan.json", reason: reason)
      ) { try RecordedRun(directory: "results/x", files: Samples.files(plan: plan)) }
    }
    #expect(
      throws: ResultsError.unreadable(
        file: "results/x/plan.json", reason: "setting 0 of trials.csv has no trial in it")
    ) {
      try RecordedRun(
        directory: "results/x", files: Samples.files(plan: #"{"name": "x", "trials": []}"#))
    }
  }
}
