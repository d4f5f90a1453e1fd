import Foundation
import Testing
import _TestSupport

/// What people see before anything runs.
@Suite struct UsageTests {
  private static let commands = [
    "init", "schema", "plan", "run", "merge", "verify", "statistics", "compare", "report", "export",
    "budget", "epsilon", "delta", "calibrate", "accountants", "curve", "audit", "secure-sum",
    "datasets",
  ]

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
    ("run a.yaml --log-format xml", "'xml' is invalid"),
    ("run a.yaml --log-seconds=-1", "--log-seconds is -1.0; it must be from 0 to 1000000.0."),
    ("plan a.yaml --json --estimate", "--json prints plan.json, which holds no estimate"),
    ("plan a.yaml --estimate-seconds=-1", "--estimate-seconds is -1.0; it must be from 0 to"),
    ("plan a.yaml --threads 0", "--threads is 0; it must be from 1 to 1024."),
    ("init mine.txt", "\"mine.txt\" does not end in .yaml."),
    ("init --unit people", "'people' is invalid"),
    ("init é.yaml", "\"é.yaml\" gives the experiment no name"),
    ("run a.yaml --budget ", "--budget is empty; name a budget file."),
    ("audit experiment a.yaml --guesses 600", "--guesses is 600; it must be from 1 to the 500"),
    ("audit experiment a.yaml --canaries 0", "--canaries is 0; an audit has one at least."),
    ("audit experiment a.yaml --confidence 1", "--confidence is 1.0; it must be above 0"),
    ("audit experiment a.yaml --canary bird", "'bird' is invalid"),
    ("verify", "<directory>"),
    ("datasets fetch", "Name the data sets to fetch, or give --all."),
    ("datasets fetch --all adult", "Name the data sets to fetch, or give --all."),
    ("datasets fetch --all --folder ", "--folder is empty; name a folder."),
    ("datasets fetch cifar", "'cifar' is invalid"),
    ("epsilon --rounds 3 --delta 1e-5", "--noise-multiplier is missing."),
    ("epsilon --noise-multiplier 3 --delta 1e-5", "--rounds is missing."),
    ("epsilon --noise-multiplier 3 --rounds 1", "--delta is missing."),
    ("epsilon --delta 1e-5", "Nothing is released: describe it by"),
    ("delta --noise-multiplier 3 --rounds 1", "--epsilon is missing."),
    (
      "epsilon --noise-multiplier 1 --scale 2 --rounds 3 --delta 1e-5",
      "scale is no number of gaussian releases."
    ),
    (
      "epsilon --mechanism discrete-laplace --scale 2 --rounds 3 --delta 1e-5",
      "--sensitivity is missing."
    ),
    (
      "epsilon --batch x --noise-multiplier 1", "With --batch, releases are described in its lines."
    ),
    (
      "epsilon --delta 1e-5 --phase noise-multiplier=1,rate=2",
      "\"rate\" is nothing that a phase has; it has mechanism, noise-multiplier,"
    ),
    (
      "epsilon --delta 1e-5 --phase rounds=1,rounds=2",
      "a phase has two values of rounds"
    ),
    ("epsilon --delta 1e-5 --phase rounds", "\"rounds\" in a phase is not of the form name=value"),
    (
      "epsilon --noise-multiplier 1 --rounds 1.5 --delta 1e-5",
      "rounds is \"1.5\"; it must be a whole number, at most 9007199254740992"
    ),
    (
      "epsilon --noise-multiplier 1 --rounds 9007199254740993 --delta 1e-5",
      "rounds is \"9007199254740993\"; it must be a whole number"
    ),
    (
      "epsilon --noise-multiplier 1 --rounds 99999999999999999999999 --delta 1e-5",
      "rounds is \"99999999999999999999999\"; it must be a whole number"
    ),
    ("epsilon --noise-multiplier one --rounds 1 --delta 1e-5", "it must be a number"),
    (
      "calibrate --target-epsilon 1 --delta 1e-5 --noise-multiplier 1 --rounds 1",
      "Every release says its noise"
    ),
    (
      "calibrate --target-epsilon 1 --delta 1e-5 --find rounds --noise-multiplier 1 --rounds 1",
      "Every release says its rounds"
    ),
    ("curve --over delta --from 0.1 --to 0.01", "they must rise"),
    ("curve --over rounds --from 1 --to 9 --noise-multiplier 1", "--delta is missing."),
    (
      "curve --over rounds --from 1 --to 9 --points 1 --delta 1e-5",
      "--points is 1; it must be from"
    ),
    ("curve --over rate --from 1 --to 9 --delta 1e-5", "'rate' is invalid"),
    (
      "epsilon --noise-multiplier 1 --rounds 3 --delta 1e-5 --cohort-size 3",
      "--cohort-size and --population-size go together."
    ),
    (
      "epsilon --noise-multiplier 1 --rounds 3 --delta 1e-5 --cohort-size 3 --population-size 5 "
        + "--sampling-rate 0.1",
      "--sampling-rate and --cohort-size exclude each other."
    ),
    ("secure-sum --clients 1", "--clients is 1; it must be from 2 to 10000."),
    (
      "secure-sum --clients 5 --drop 4 --drop-late 2",
      "--drop and --drop-late exceed the 5 clients."
    ),
    ("secure-sum --drop -1", "--drop is -1; it must be at least 0."),
    (
      "secure-sum --dimension 0", "--dimension is 0; with 20 clients it must be from 1 to 10000000."
    ),
    ("secure-sum --adversary passive", "'passive' is invalid"),
    ("secure-sum --input x --clients 3", "With --input, its lines say how many clients"),
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
    ("--noise-multiplier 0", "noise_multiplier is 0.0; it must be a finite number greater than 0"),
    ("--noise-multiplier nan", "noise_multiplier is nan; it must be a finite number"),
    ("--noise-multiplier -1", "noise_multiplier is -1.0; it must be a finite number"),
    ("--noise-multiplier inf", "noise_multiplier is inf; it must be a finite number"),
    ("--noise-multiplier 1e999", "noise_multiplier is inf; it must be a finite number"),
    ("--sampling-rate 1.5", "sampling_rate is 1.5; it must be a number greater than 0 and at most"),
    ("--sampling-rate 0", "sampling_rate is 0.0; it must be a number greater than 0 and at most 1"),
    ("--sampling-rate -nan", "sampling_rate is"),
    ("--delta 0", "delta is 0.0; it must be a number greater than 0 and less than 1"),
    ("--delta 1", "delta is 1.0; it must be a number greater than 0 and less than 1"),
    ("--delta nan", "delta is nan; it must be a number greater than 0 and less than 1"),
    ("--rounds -1", "count is -1; it must be from 0 to 9007199254740992"),
    ("--cohort-size 6 --population-size 5", "cohort_size is 6; it must be from 1 to 5"),
  ])
  func numbersOutOfRangeAre64(flags: String, message: String) throws {
    for command in ["epsilon", "accountants"] {
      var arguments = [command] + flags.components(separatedBy: " ")
      for (flag, value) in [("--noise-multiplier", "1"), ("--rounds", "3"), ("--delta", "1e-5")]
      where !arguments.contains(flag) {
        arguments += [flag, value]
      }
      let ending = try Program.run(arguments)
      #expect(ending.status == 64)
      #expect(ending.errors.hasPrefix("error: \(message)"), "\(ending.errors)")
      #expect(ending.output == "")
    }
  }

  @Test(arguments: [
    "--accountant gaussian-dp",
    "--neighboring-relation replace-one",
  ])
  func whatHasNoTheoremIsAnError(flags: String) throws {
    let ending = try Program.run(
      "epsilon --noise-multiplier 1 --sampling-rate 0.1 --rounds 3 --delta 1e-5 \(flags)"
        .components(separatedBy: " "))
    #expect(ending.status == 1)
    #expect(ending.errors.hasPrefix("error: the "))
    #expect(ending.errors.contains(" accountant cannot price "))
    #expect(ending.output == "")
  }

  /// Abadi et al. 2016, section 3.2: 1.26 by the moments accountant.
  @Test func epsilonPricesAPublishedExample() throws {
    let ending = try Program.run(
      "epsilon", "--noise-multiplier", "4", "--sampling-rate", "0.01", "--rounds", "10000",
      "--delta", "1e-5")
    #expect(ending.status == 0)
    let match = try #require(
      ending.output.wholeMatch(
        of:
          /\(epsilon <= ([0-9.]+), delta = 1e-05\)-differential privacy for one client under add-or-remove-one with poisson sampling, by the pld accountant; epsilon is at least ([0-9.]+)\n/
      ))
    let (upper, lower) = (try #require(Double(match.1)), try #require(Double(match.2)))
    // The truth is between 0.9468 and 0.9469.
    #expect(upper >= 0.9468 && upper <= 0.9488)
    #expect(lower <= 0.9469 && lower >= 0.9449)
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
