import Accounting
import Testing

/// The example of the library `Federation`, as it runs.
@Suite struct FederateExampleTests {
  @Test func everyFederationLearnsAndIsPriced() throws {
    let ending = try Program.Running(
      program: Program.path(of: "federate-example"), ["--rounds", "1", "--images", "1100"], in: nil
    ).end()
    #expect(ending.status == 0, "\(ending.errors)")
    let lines = ending.output.split(separator: "\n")
    #expect(lines.count == 3)
    for (line, title) in zip(
      lines,
      [
        "Ten clients: ", "Ten clients, weighted by their examples: ",
        "A thousand clients with privacy: ",
      ])
    {
      let accuracy = try #require(
        line.dropFirst(title.count).prefix { $0 != " " }.wholeMatch(of: /[0-9.]+/))
      #expect(line.hasPrefix(title))
      // Ten classes of equal size: chance is 10 %.
      #expect(try #require(Double(accuracy.output)) > (line == lines[2] ? 0 : 30))
    }
    #expect(lines[0].contains("epsilon <= inf"))
    let guarantee = try PrivacyGuarantee(
      of: .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.1), atDelta: 1e-5,
      unit: .client, relation: .addOrRemoveOne, accountant: .pld)
    #expect(lines[2].hasSuffix("; \(guarantee)."))
  }

  @Test func whatIsOutOfRangeIsRefused() throws {
    for arguments in [["--rounds", "0"], ["--images", "999"], ["--images", "60001"]] {
      let ending = try Program.Running(
        program: Program.path(of: "federate-example"), arguments, in: nil
      ).end()
      #expect(ending.status == 64)
      #expect(ending.errors.contains("\(arguments[0]) is"))
    }
  }
}
