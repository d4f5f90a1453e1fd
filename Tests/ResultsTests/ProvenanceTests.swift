import Foundation
import Testing
import _TestSupport

@testable import Results

@Suite struct ProvenanceTests {
  private func provenance(of files: RunFiles) -> Provenance {
    Provenance(
      program: "tradeoff 0", commit: nil, command: ["tradeoff", "run", "x.yaml"],
      finished: Date(timeIntervalSince1970: 1_800_000_000), operatingSystem: "os",
      processor: "processor", threads: 2, libraries: ["blas": "b"], dataset: "d",
      randomness: "r", files: Provenance.checksums(of: files))
  }

  @Test func alteredFilesAreNamed() throws {
    let files = try Samples.files(accuracy: 0.5)
    #expect(provenance(of: files).alteredFiles(in: files) == [])
    #expect(
      provenance(of: files).alteredFiles(in: try Samples.files(accuracy: 0.6))
        == ["rounds.csv", "tradeoff.csv", "trials.csv"])
    #expect(
      provenance(of: files).alteredFiles(in: try Samples.files(plan: "{ }\n")) == ["plan.json"])
  }

  @Test func readsBackWhatItWrote() throws {
    let folder = try TemporaryFolder()
    let written = provenance(of: try Samples.files())
    try folder.write(try CanonicalJSON.document(written), to: "provenance.json")
    #expect(try Provenance(directory: folder.path) == written)
    #expect(try folder.text("provenance.json").contains("\"finished\" : \"2027-01-15T08:00:00Z\""))
  }

  /// The checksum of {} and a line feed, by coreutils 9.1 `printf '{}\n' | sha256sum`.
  @Test func checksumsAreSHA256() throws {
    #expect(
      provenance(of: try Samples.files()).files["plan.json"]
        == "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356")
  }
}
