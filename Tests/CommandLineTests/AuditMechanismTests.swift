import Foundation
import Reporting
import Results
import Testing
import _TestSupport

@Suite struct AuditMechanismTests {
  private static func run(_ flags: String) throws -> Program.Ending {
    try Program.run(["audit", "mechanism"] + flags.components(separatedBy: " "))
  }

  @Test func aTableHasEveryTerm() throws {
    let ending = try Self.run(
      "--noise-multiplier 1 --rounds 1 --delta 1e-5 --runs 4000 --seed 1 --method clopper-pearson "
        + "--method gaussian-dp --method one-run --canaries 2000")
    #expect(ending.status == 0, "\(ending.errors)")
    for method in ["clopper-pearson", "gaussian-dp", "one-run"] {
      let row = try #require(
        ending.output.split(separator: "\n").first { $0.contains("  \(method) ") })
      let match = try #require(row.firstMatch(of: />= ([0-9.]+) .*>= ([0-9.]+) .*<= ([0-9.]+)/))
      let (audited, lower, upper) = (Double(match.1), Double(match.2), Double(match.3))
      // The exact epsilon is 4.377 (Balle & Wang 2018, Theorem 8).
      #expect(try #require(audited) > 0.5 && #require(audited) < 4.377)
      #expect(try #require(lower) <= 4.378 && #require(upper) >= 4.377)
    }
    #expect(ending.output.contains("each is right with probability 95 %"))
    #expect(
      ending.output.contains(
        "at delta = 1e-05; unit: client; neighbors: add-or-remove-one; sampling: full-participation; "
          + "accountant: pld"))
    #expect(!ending.output.contains("REFUTED"))
  }

  @Test func aSweepIsWrittenAndAnyNumberOfThreadsGivesTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let flags =
      "--mechanism laplace --target-epsilon 0.5,2 --rounds 1 --delta 1e-5 --runs 2000 --seed 7 "
      + "--method clopper-pearson --method one-run --canaries 1000 --guesses 100 --json"
    let one = try Self.run("\(flags) --threads 1 --output \(folder.at("one.csv"))")
    let two = try Self.run("\(flags) --threads 2 --output \(folder.at("two.csv"))")
    #expect(one.status == 0, "\(one.errors)")
    #expect(one.output == two.output)
    let data = try folder.data("one.csv")
    #expect(try data == folder.data("two.csv"))
    #expect(
      String(decoding: data, as: UTF8.self).hasPrefix(
        "parameter,value,target_epsilon,method,audited_epsilon,epsilon_lower,epsilon_upper,delta,"
          + "privacy_unit,neighboring_relation,sampling,accountant,confidence,seed,runs,false_alarms,"
          + "misses,canaries,guesses,correct\n"))
    let rows = try MechanismAuditRow.read(data, file: "one.csv")
    #expect(rows.map(\.method) == ["clopper-pearson", "one-run", "clopper-pearson", "one-run"])
    #expect(rows.map(\.targetEpsilon) == [0.5, 0.5, 2, 2])
    #expect(rows[3].evidence.guesses == 100 && rows[2].evidence.runs == 1000)
    for row in rows { #expect(row.auditedEpsilon <= row.epsilonUpper) }
    let written = try #require(
      JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [[String: Any]])
    for (object, row) in zip(written, rows) {
      let epsilon = try #require(object["audited_epsilon"] as? Double)
      #expect(abs(epsilon - row.auditedEpsilon) <= 1e-12)
    }
    #expect(written.count == rows.count)
  }

  @Test(.enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
  func aSweepIsDrawn() throws {
    let folder = try TemporaryFolder()
    let ending = try Self.run(
      "--noise 1,2 --rounds 1 --delta 1e-5 --runs 1000 --seed 7 --plot \(folder.at("audit"))")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(try folder.text("audit.gnuplot").contains("title \"the accountant's upper bound\""))
    #expect(try folder.text("audit.svg").contains("clopper-pearson"))
  }

  @Test(arguments: [
    ("--noise-multiplier 1 --rounds 1 --seed 1", "--delta <delta>", Int32(64)),
    ("--noise-multiplier 1 --rounds 1 --delta 1e-5", "--seed <seed>", 64),
    (
      "--delta 1e-5 --seed 1 --rounds 1 --noise-multiplier 1 --runs 3", "--runs is 3; it must be",
      64
    ),
    (
      "--delta 1e-5 --seed 1 --rounds 1 --noise-multiplier 1 --delta 1", "--delta is 1.0; it must",
      64
    ),
    (
      "--delta 1e-5 --seed 1 --rounds 1 --noise-multiplier 1 --method one-run --guesses 20000",
      "--guesses is 20000; it must be from 1 to 10000.", 64
    ),
    ("--delta 1e-5 --seed 1 --rounds 1 --noise 1,x", "'1,x' is invalid", 64),
    ("--delta 1e-5 --seed 1 --rounds 1 --noise-multiplier 1 --noise 1", "Every release says", 64),
    ("--delta 1e-5 --seed 1 --rounds 1 --noise-multiplier 1 --plot x", "--plot needs several", 64),
    (
      "--delta 1e-5 --seed 1 --rounds 1 --noise-multiplier 1 --sampling-rate 0.1 --method gaussian-dp",
      "error: the method gaussian-dp is valid for Gaussian noise with full participation alone", 1
    ),
    (
      "--delta 1e-5 --seed 1 --rounds 1 --noise-multiplier 1 --selected-from-mean 3 --accountant rdp",
      "error: runs cannot be simulated: failures and choices", 1
    ),
    (
      "--delta 1e-5 --seed 1 --rounds 1 --noise-multiplier 1 --cohort-size 2 --population-size 4 "
        + "--neighboring-relation replace-one --method one-run",
      "error: runs cannot be simulated: canaries of one run would share cohorts", 1
    ),
    (
      "--delta 1e-5 --seed 1 --rounds 1 --noise-multiplier 1 --runs 100 --output /nowhere/a.csv",
      "error: cannot write /nowhere/a.csv", 1
    ),
  ])
  func wrongQuestionsAreRefused(flags: String, message: String, status: Int32) throws {
    let ending = try Self.run(flags)
    #expect(ending.status == status)
    #expect(ending.errors.contains(message), "\(ending.errors)")
    #expect(ending.output == "")
  }
}
