import Foundation
import Testing
import _TestSupport

/// Audits of training from the command line.
@Suite struct AuditExperimentTests {
  @Test func anyExperimentIsAudited() throws {
    let folder = try TemporaryFolder()
    let experiment = try SmallExperiment.write(
      to: folder, ["replicates: 2": "replicates: 1", "accountant: pld": "accountant: rdp"])
    let results = folder.at("audited")
    func audit(_ more: String...) throws -> Program.Ending {
      try Program.run(
        [
          "audit", "experiment", experiment, "--canaries", "50", "--guesses", "20", "--output",
          results,
        ]
          + more)
    }
    let ending = try audit()
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.output.contains("audited"))
    #expect(
      ending.output.contains(
        "audited: what ran guarantees no epsilon below this at delta = 1e-05, with 95 % confidence each, "
          + "by 20 guesses about 50 canaries in 1 run"))
    #expect(folder.contents.contains("audited/audit.svg"))
    #expect(try folder.text("audited/plan.json").contains("name: small-audit"))
    #expect(try Program.run("verify", results).status == 0)
    // A finished one is shown.
    #expect(try audit().output == ending.output)
  }

  @Test func aFileThatSaysHowIsNotTold() throws {
    let folder = try TemporaryFolder()
    let experiment = try SmallExperiment.write(
      to: folder, ["sweep:\n": "audit: {canaries: 30, guesses: 5}\nsweep:\n"])
    let ending = try Program.run("audit", "experiment", experiment, "--canaries", "9")
    #expect(ending.status == 65)
    #expect(ending.errors.contains("audit: the file says how it is audited; change it there"))
  }
}
