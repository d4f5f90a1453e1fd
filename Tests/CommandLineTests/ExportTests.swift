import Foundation
import Testing
import _TestSupport

/// `export` on finished results of this repository.
@Suite struct ExportTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func export(
    _ run: String, _ format: String, _ more: String...
  ) throws -> Program.Ending {
    try Program.run(
      ["export", Repository.path("results/\(run)"), "--format", format, "--output"]
        + [folder.at("out")] + more)
  }

  @Test(arguments: [
    ("json-lines", 4), ("frictionless", 8), ("tensorboard", 46), ("mlflow", 2000),
  ])
  func formsAreWrittenOnce(format: String, files: Int) throws {
    let ending = try export("fashion-mnist-fedavg", format)
    #expect(ending.status == 0, "\(ending.errors)")
    let count = try #require(ending.output.firstMatch(of: /out: ([0-9]+) files of 45 trials\n/))
    let written = try #require(Int(count.1))
    #expect(format == "mlflow" ? written > files : written == files)
    #expect(
      ending.output.contains("publishing all 40 private trials, or the best of them: epsilon"))
    let privacy = try folder.text("out/PRIVACY.txt")
    #expect(privacy.contains("privacy.noise=target_epsilon:8: epsilon <= 8.0 at delta = 1e-05;"))
    #expect(privacy.contains("privacy.noise=none: not private: no noise\n"))
    #expect(privacy.contains("publishing any of the 5 trials without noise: no bound\n"))
    let again = try export("fashion-mnist-fedavg", format)
    #expect(again.status == 1)
    #expect(again.errors.contains("out is there already and not an empty folder"))
  }

  @Test func privateChoicesAreExportedOnRequestAlone() throws {
    let refused = try export("private-selection", "json-lines")
    #expect(refused.status == 1 && refused.output == "")
    #expect(refused.errors.contains("covers the chosen run in selection.csv alone"))
    #expect(refused.errors.contains("--every-run-of-a-private-choice"))
    #expect(folder.contents.isEmpty)
    let asked = try export(
      "private-selection", "json-lines", "--every-run-of-a-private-choice")
    #expect(asked.status == 0, "\(asked.errors)")
    let privacy = try folder.text("out/PRIVACY.txt")
    #expect(privacy.contains("covers the chosen run alone: this export publishes every run\n"))
    #expect(privacy.contains("publishing all 8 private trials, or the best of them: epsilon <="))
    #expect(privacy.contains("no epsilon covers these numbers"))
  }

  @Test func wrongFormsAndFoldersAreNamed() throws {
    let form = try export("digits", "parquet")
    #expect(form.status == 64 && form.errors.contains("json-lines"))
    let missing = try export("nothing", "json-lines")
    #expect(missing.status == 1 && missing.errors.contains("no finished run is here"))
    #expect(folder.contents.isEmpty)
  }
}
