import Accounting
import Foundation
import Results
import Testing
import _TestSupport

@testable import Experiments

@Suite struct VerificationTests {
  private static let files = [
    "trials.csv", "rounds.csv", "tradeoff.csv", "ledgers.jsonl", "plan.json",
  ]

  /// One setting, by the accountant that is fastest without optimization: it is priced again for
  /// every forged byte.
  private static let quick = TinyExperiment.plain(["accountant: pld": "accountant: rdp"])

  @Test func aFreshRunDerivesAgain() async throws {
    let folder = try await Sweep.run()
    let verification = try Verification(directory: folder.path)
    #expect(verification.findings == [])
    #expect(verification.trialCount == 6)
  }

  /// Sixty places in every file, spread over all of it, and with every kind of byte.
  @Test(arguments: files)
  func aFlippedByteIsFound(file: String) async throws {
    let folder = try await Sweep.run(Self.quick)
    let good = try folder.data(file)
    #expect(try Verification(directory: folder.path).findings == [])
    for place in stride(from: 0, to: good.count, by: max(1, good.count / 60)) {
      var bad = good
      bad[place] ^= UInt8(1 << (place % 8))
      try folder.write(bad, to: file)
      let findings = try Verification(directory: folder.path).findings
      #expect(findings.contains(.altered(file: file)), "byte \(place)")
    }
  }

  /// The same with a checksum that was made to fit: derivation alone has to find it.
  @Test(arguments: ["trials.csv", "tradeoff.csv", "ledgers.jsonl", "plan.json"])
  func aSignedForgeryIsFound(file: String) async throws {
    let folder = try await Sweep.run(Self.quick)
    let good = try folder.data(file)
    for place in stride(from: 0, to: good.count, by: max(1, good.count / 40)) {
      var bad = good
      bad[place] ^= UInt8(1 << (place % 7))
      try folder.write(bad, to: file)
      try Sweep.sign(folder)
      #expect(try Verification(directory: folder.path).findings != [], "byte \(place)")
    }
  }

  @Test(arguments: ["epsilon_lower", "epsilon_upper", "epsilon_upper_rdp"])
  func aSmallerEpsilonIsFound(column: String) async throws {
    let folder = try await Sweep.run()
    let claim = try #require(try RunFiles(directory: folder.path).trialRows().last).claim
    let epsilon = try #require(
      [
        "epsilon_lower": claim.epsilonLower, "epsilon_upper": claim.epsilonUpper,
        "epsilon_upper_rdp": claim.epsilonUpperRDP,
      ][column] ?? nil)
    for file in ["trials.csv", "tradeoff.csv"] {
      try folder.write(
        folder.text(file).replacingOccurrences(of: "\(epsilon)", with: "\(epsilon - 0.01)"),
        to: file)
    }
    try Sweep.sign(folder)
    #expect(
      try Verification(directory: folder.path).findings == [
        .notDerivable(file: "trials.csv", line: 6), .notDerivable(file: "tradeoff.csv", line: 4),
      ])
  }

  @Test func aCheaperLedgerIsFound() async throws {
    let folder = try await Sweep.run()
    try folder.write(
      folder.text("ledgers.jsonl").replacingOccurrences(
        of: "\"noise_multiplier\":0.8", with: "\"noise_multiplier\":0.81"), to: "ledgers.jsonl")
    try Sweep.sign(folder)
    let plan = try TinyExperiment.plan()
    let findings = try Verification(directory: folder.path).findings
    #expect(findings.count == 2)
    for (finding, trial) in zip(findings, plan.trials.suffix(2)) {
      guard case .price(trial.id.description, trial.claim, let repriced) = finding else {
        Issue.record("\(finding)")
        continue
      }
      #expect(repriced.epsilonUpper < trial.claim.epsilonUpper)
      #expect(finding.description.contains("(at delta = 1e-05; unit: client; neighbors: add-or-"))
    }
  }

  @Test func aRoundThatWasLeftOutOfALedgerIsFound() async throws {
    let folder = try await Sweep.run()
    try folder.write(
      folder.text("ledgers.jsonl").replacingOccurrences(of: "\"count\":3", with: "\"count\":2"),
      to: "ledgers.jsonl")
    try Sweep.sign(folder)
    #expect(try Verification(directory: folder.path).findings.count == 4)
  }

  @Test func aRoundThatWasNeverMeasuredIsFound() async throws {
    let folder = try await Sweep.run()
    let id = try TinyExperiment.plan().trials[0].id.description
    let lines = try folder.text("rounds.csv").split(separator: "\n")
    try folder.write(
      lines.filter { !$0.hasPrefix("\(id),2,") }.joined(separator: "\n") + "\n", to: "rounds.csv")
    try Sweep.sign(folder)
    #expect(
      try Verification(directory: folder.path).findings
        == [.measuredRounds(trial: id, planned: [2, 3], found: [3])])
  }

  @Test func rowsOfATrialThatIsNotPlannedAreFound() async throws {
    let folder = try await Sweep.run()
    let count = try folder.text("rounds.csv").split(separator: "\n").count
    try folder.write(
      folder.text("rounds.csv") + "0000000000000000,2,accuracy,0.5\n", to: "rounds.csv")
    try Sweep.sign(folder)
    #expect(
      try Verification(directory: folder.path).findings
        == [.notDerivable(file: "rounds.csv", line: count + 1)])
  }

  @Test func aTrialWithoutALedgerIsFound() async throws {
    let folder = try await Sweep.run()
    let lines = try folder.text("ledgers.jsonl").split(separator: "\n")
    try folder.write(lines.dropLast().joined(separator: "\n") + "\n", to: "ledgers.jsonl")
    try Sweep.sign(folder)
    let id = try #require(try TinyExperiment.plan().trials.last).id
    #expect(
      try Verification(directory: folder.path).findings.map(\.description)
        == ["ledgers.jsonl does not hold what it should: trial \(id) has no ledger"])
  }

  @Test func aFolderWithoutARunIsAnError() throws {
    let folder = try TemporaryFolder()
    #expect(throws: ResultsError.self) { try Verification(directory: folder.path) }
  }
}
