import Foundation
import Testing
import _TestSupport

/// What people see before anything runs.
@Suite struct UsageTests {
  private static let commands = ["run", "plan", "epsilon", "calibrate", "datasets", "verify"]

  @Test func helpNamesTheCommandsAndExitCodes() throws {
    let ending = try Program.run("--help")
    #expect(ending.status == 0)
    for command in Self.commands { #expect(ending.output.contains("\n  \(command) ")) }
    let words = ending.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains(
        "Exit codes: 0 success; 1 something failed; 2 verification found a difference; "
          + "64 wrong usage; 65 a wrong experiment file; 130 stopped by Ctrl-C."))
  }

  @Test(arguments: commands)
  func everyCommandHasAnExample(command: String) throws {
    let ending = try Program.run(command, "--help")
    #expect(ending.status == 0)
    #expect(ending.output.contains("Example: tradeoff \(command)"))
  }

  @Test(arguments: [
    ("bogus", "Unexpected argument 'bogus'"),
    ("run", "<experiment>"),
    ("run a.yaml --bogus", "Unknown option '--bogus'"),
    ("run a.yaml --threads 0", "--threads is 0; it must be from 1 to 1024."),
    ("run a.yaml --threads many", "'many' is invalid"),
    ("run a.yaml --output ", "--output is empty; name a folder."),
    ("verify", "<directory>"),
    ("epsilon --rounds 3 --delta 1e-5", "--noise-multiplier"),
    (
      "epsilon --noise-multiplier 1 --rounds 3 --delta 1e-5 --cohort-size 3",
      "--cohort-size and --population-size go together."
    ),
    (
      "epsilon --noise-multiplier 1 --rounds 3 --delta 1e-5 --cohort-size 3 --population-size 5 "
        + "--sampling-rate 0.1",
      "--sampling-rate and --cohort-size exclude each other."
    ),
    (
      "epsilon --noise-multiplier 1 --rounds 3 --delta 1e-5 --accountant rpd",
      "- gaussian-dp\n  - zcdp"
    ),
  ])
  func wrongUsageIs64(arguments: String, message: String) throws {
    let ending = try Program.run(arguments.components(separatedBy: " "))
    #expect(ending.status == 64)
    #expect(ending.errors.contains(message))
    #expect(ending.output == "")
  }

  @Test(arguments: [
    ["--noise-multiplier", "0"], ["--noise-multiplier", "nan"], ["--noise-multiplier=-1"],
    ["--noise-multiplier", "inf"], ["--noise-multiplier", "1", "--sampling-rate", "1.5"],
    ["--noise-multiplier", "1", "--sampling-rate", "0"],
    ["--noise-multiplier", "1", "--delta", "0"], ["--noise-multiplier", "1", "--delta", "1"],
    ["--noise-multiplier", "1", "--rounds=-1"],
    ["--noise-multiplier", "1", "--cohort-size", "6", "--population-size", "5"],
    ["--noise-multiplier", "1", "--sampling-rate", "0.1", "--accountant", "gaussian-dp"],
    ["--noise-multiplier", "1", "--sampling-rate", "0.1", "--neighboring-relation", "replace-one"],
  ])
  func numbersOutOfRangeAreErrors(flags: [String]) throws {
    var arguments = ["epsilon"] + flags
    for (flag, value) in [("--rounds", "3"), ("--delta", "1e-5")]
    where !flags.contains(where: { $0.hasPrefix(flag) }) {
      arguments += [flag, value]
    }
    let ending = try Program.run(arguments)
    #expect(ending.status == 1)
    #expect(ending.errors.hasPrefix("error: "))
    #expect(ending.output == "")
  }

  /// Abadi et al. 2016, section 3.2: at most 1.26 by the moments accountant.
  @Test func epsilonPricesAPublishedExample() throws {
    let ending = try Program.run(
      "epsilon", "--noise-multiplier", "4", "--sampling-rate", "0.01", "--rounds", "10000",
      "--delta", "1e-5")
    #expect(ending.status == 0)
    let match = try #require(
      ending.output.wholeMatch(
        of:
          /\(epsilon <= ([0-9.]+), delta = 1e-05\)-differential privacy for one client under add-or-remove-one with poisson sampling, by the rdp accountant; epsilon is at least ([0-9.]+)\n/
      ))
    let (upper, lower) = (try #require(Double(match.1)), try #require(Double(match.2)))
    #expect(upper <= 1.26 && upper > 0.9)
    #expect(lower > 0 && lower <= upper)
  }

  @Test func calibrationMeetsItsTarget() throws {
    let rest = ["--sampling-rate", "0.1", "--rounds", "100", "--delta", "1e-5"]
    let ending = try Program.run(["calibrate", "--target-epsilon", "2"] + rest)
    #expect(ending.status == 0)
    let match = try #require(
      ending.output.firstMatch(of: /noise multiplier ([0-9.]+)\n\(epsilon <= ([0-9.]+), delta/))
    #expect(try #require(Double(match.2)) <= 2)
    let weaker = try #require(Double(match.1)) * 0.999
    let price = try Program.run(["epsilon", "--noise-multiplier", "\(weaker)"] + rest)
    let epsilon = try #require(price.output.firstMatch(of: /epsilon <= ([0-9.]+),/))
    #expect(try #require(Double(epsilon.1)) > 2)
  }

  @Test func dataSetsAreListed() throws {
    let ending = try Program.run("datasets")
    #expect(ending.status == 0)
    #expect(ending.output.contains("fashion-mnist: Fashion-MNIST\n"))
    #expect(ending.output.contains("mnist: MNIST\n"))
  }

  @Test func theVersionIsSaid() throws {
    let ending = try Program.run("--version")
    #expect(ending.status == 0)
    #expect(ending.output.wholeMatch(of: /tradeoff [0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }
}
