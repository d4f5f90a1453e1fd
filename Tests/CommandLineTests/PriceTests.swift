import Foundation
import Testing
import _TestSupport

/// `epsilon`, `delta`, `calibrate`, `accountants` and `curve` on one question each way.
@Suite struct PriceTests {
  private func run(_ arguments: String) throws -> Program.Ending {
    try Program.run(arguments.components(separatedBy: " "))
  }

  private func object(_ ending: Program.Ending) throws -> [String: Any] {
    #expect(ending.status == 0, "\(ending.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
  }

  /// Balle & Wang 2018: noise 3.7306316348159418 is epsilon 1 at delta 1e-5
  /// (analytic_gaussian_sigma.csv).
  @Test func jsonCarriesAllThatANumberIsAbout() throws {
    let flags = "--noise-multiplier 3.7306316348159418 --rounds 1 --accountant gaussian-dp --json"
    let epsilon = try object(run("epsilon --delta 1e-5 \(flags)"))
    #expect(abs(try #require(epsilon["epsilon_upper"] as? Double) - 1) < 1e-9)
    #expect(abs(try #require(epsilon["epsilon_lower"] as? Double) - 1) < 1e-9)
    #expect(epsilon["delta"] as? Double == 1e-5)
    let delta = try object(run("delta --epsilon 1 \(flags)"))
    #expect(abs(try #require(delta["delta_upper"] as? Double) - 1e-5) < 1e-14)
    #expect(abs(try #require(delta["delta_lower"] as? Double) - 1e-5) < 1e-14)
    #expect(delta["epsilon"] as? Double == 1)
    for answer in [epsilon, delta] {
      #expect(answer.count == 7)
      #expect(answer["privacy_unit"] as? String == "client")
      #expect(answer["neighboring_relation"] as? String == "add-or-remove-one")
      #expect(answer["sampling"] as? String == "full-participation")
      #expect(answer["accountant"] as? String == "gaussian-dp")
    }
    let sentence = try run(
      "delta --epsilon 1 --noise-multiplier 3.7306316348159418 --rounds 1 --accountant gaussian-dp")
    #expect(
      sentence.output == """
        (epsilon = 1.0, delta <= 1.001e-05)-differential privacy for one client under \
        add-or-remove-one with full-participation sampling, by the gaussian-dp accountant; delta is \
        at least 9.999e-06

        """)
  }

  /// dp-accounting's price of the same choice is 7.4104708674314566 (repeat_and_select.csv).
  @Test func theBestOfSeveralRunsIsPriced() throws {
    let flags = "epsilon --noise-multiplier 1 --rounds 1 --delta 1e-5 --accountant rdp --json"
    let answer = try object(run("\(flags) --selected-from-mean 10"))
    let epsilon = try #require(answer["epsilon_upper"] as? Double)
    #expect(abs(epsilon / 7.4104708674314566 - 1) < 1e-6)
    let geometric = try object(run("\(flags) --selected-from-mean 10 --selection-shape 1"))
    #expect(try #require(geometric["epsilon_upper"] as? Double) > epsilon)
    let poisson = try object(run("\(flags) --selected-from-mean 10 --selection-shape inf"))
    #expect(try #require(poisson["epsilon_upper"] as? Double) != epsilon)
    for bad in ["--selection-shape 1", "--selected-from-mean 0.5"] {
      #expect(try run("\(flags) \(bad)").status != 0)
    }
  }

  /// n Gaussian releases are one with noise less by the root of n, however they are told.
  @Test func phasesFlagsAndFilesCompose() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      #"{"class_name": "SelfComposedDpEvent", "count": 2, "#
        + #""event": {"class_name": "GaussianDpEvent", "noise_multiplier": 6}}"#, to: "theirs.json")
    try folder.write(
      #"[{"event": {"kind": "gaussian", "noise_multiplier": 6}, "count": 2}]"#, to: "ours.json")
    let terms = "--delta 1e-5 --accountant gaussian-dp --json"
    let once = try object(run("epsilon --noise-multiplier 3 --rounds 1 \(terms)"))
    let upper = try #require(once["epsilon_upper"] as? Double)
    for told in [
      "--phase noise-multiplier=6,rounds=3 --noise-multiplier 6 --rounds 1",
      "--phase noise-multiplier=6,rounds=2 --phase rounds=2,mechanism=gaussian,noise-multiplier=6",
      "--event-file \(folder.at("theirs.json")) --noise-multiplier 6 --rounds 2",
      "--event-file \(folder.at("ours.json")) --phase noise-multiplier=6,rounds=2",
    ] {
      let told = try object(run("epsilon \(told) \(terms)"))
      #expect(abs(try #require(told["epsilon_upper"] as? Double) - upper) <= 1e-9 * upper)
    }
    let piped = try Program.run(
      "epsilon --event-file - \(terms)".components(separatedBy: " "),
      input: #"["dp_accounting.dp_event", "GaussianDpEvent", 3]"#)
    #expect(try object(piped)["epsilon_upper"] as? Double == upper)
  }

  @Test func aRecordSaysItsNeighborsAndIsNotContradicted() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      #"{"events": [{"event": {"kind": "gaussian", "noise_multiplier": 6}, "count": 2}], "#
        + #""neighboring_relation": "replace-one", "privacy_unit": "example"}"#, to: "ledger.json")
    let command = "epsilon --delta 1e-5 --json --event-file \(folder.at("ledger.json"))"
    let answer = try object(run(command))
    #expect(answer["neighboring_relation"] as? String == "replace-one")
    #expect(answer["privacy_unit"] as? String == "example")
    let contradicted = try run("\(command) --neighboring-relation zero-out")
    #expect(contradicted.status == 64)
    #expect(
      contradicted.errors.contains(
        "--neighboring-relation is zero-out, and the record is about replace-one."))
  }

  @Test func filesThatHoldNoEventAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("{\"kind\": \"gaussian\", \"noise_multiplier\": NaN}", to: "nan.json")
    try folder.write(
      #"{"class_name": "RandomAllocationDpEvent", "event": 1}"#, to: "no.json"
    )
    for (name, message) in [
      ("none.json", "No such file"), ("nan.json", "was not valid JSON"),
      ("no.json", "RandomAllocationDpEvent cannot be priced: no accountant here has a bound"),
    ] {
      let ending = try run("epsilon --delta 1e-5 --event-file \(folder.at(name))")
      #expect(ending.status == 1)
      #expect(ending.errors.contains(folder.at(name)))
      #expect(ending.errors.contains(message), "\(ending.errors)")
    }
  }

  /// By the closed form: floor((noise / 3.7306316348159418)^2) rounds fit, and that noise is the
  /// least for one.
  @Test func calibrationFindsRoundsAndNoise() throws {
    let terms = "--target-epsilon 1 --delta 1e-5 --accountant gaussian-dp --json"
    let rounds = try object(run("calibrate --find rounds --noise-multiplier 1000 \(terms)"))
    #expect(rounds["found"] as? String == "rounds")
    #expect(rounds["value"] as? Int == Int(pow(1000 / 3.7306316348159418, 2)))
    let noise = try object(run("calibrate --rounds 1 \(terms)"))
    #expect(noise["found"] as? String == "noise_multiplier")
    let value = try #require(noise["value"] as? Double)
    #expect(value >= 3.7306316348159 && value <= 3.7306316348159 * (1 + 2e-6))
    #expect(try #require(noise["epsilon_upper"] as? Double) <= 1)
    // What is spent leaves less: two releases need noise more by the root of 2.
    let both = try object(
      run("calibrate --rounds 1 --phase noise-multiplier=5.275909,rounds=1 \(terms)"))
    #expect(abs(try #require(both["value"] as? Double) / 5.275909 - 1) < 1e-5)
  }

  /// Published for one look at everybody: epsilon 1 at delta 1e-5 with noise 3.73; so a rate below 1
  /// with that noise and epsilon 1 is not less than 1.
  @Test func calibrationFindsRates() throws {
    let text = try run(
      "calibrate --find sampling-rate --noise-multiplier 6 --rounds 1 --target-epsilon 1 --delta 1e-5"
    )
    #expect(text.status == 0)
    #expect(text.output.hasPrefix("sampling rate 1.0\n(epsilon <= "))
    let outOfReach = try run(
      "calibrate --find rounds --noise-multiplier 1 --target-epsilon 0.1 --delta 1e-5")
    #expect(outOfReach.status == 1)
    #expect(
      outOfReach.errors.contains(
        "epsilon 0.1 at delta 1e-05 is out of reach: rounds 1 still costs"))
  }

  @Test func comparisonsHoldEveryAccountant() throws {
    let command =
      "accountants --noise-multiplier 4 --sampling-rate 0.01 --rounds 10000 --delta 1e-5"
    let table = try run(command)
    #expect(table.status == 0)
    #expect(table.output.contains("\nrdp "))
    #expect(table.output.contains("\ngaussian-dp cannot: it composes only Gaussian noise"))
    #expect(table.output.contains("sampling: poisson\nexcess: over epsilon >= "))
    let json = try object(run("\(command) --json"))
    let rows = try #require(json["accountants"] as? [[String: Any]])
    let lower = try #require(json["epsilon_lower"] as? Double)
    // Certified elsewhere: 0.9468 ... 0.9469 (published-tables of the moments accountant's setting).
    #expect(lower <= 0.9469)
    for row in rows {
      #expect(row["accountant"] is String)
      if row["error"] == nil {
        let upper = try #require(row["epsilon_upper"] as? Double)
        #expect(upper >= 0.9468)
        #expect(abs(try #require(row["excess"] as? Double) - (upper / lower - 1)) < 1e-12)
      }
    }
  }

  @Test func curvesRiseWithRoundsAndFallWithNoise() throws {
    let folder = try TemporaryFolder()
    let header =
      "parameter,value,epsilon_lower,epsilon_upper,delta,privacy_unit,neighboring_relation,"
      + "sampling,accountant"
    func uppers(_ arguments: String) throws -> (values: [Double], uppers: [Double]) {
      let ending = try run("curve --output \(folder.at("curve.csv")) \(arguments)")
      #expect(ending.status == 0 && ending.output == "", "\(ending.errors)")
      let lines = try folder.text("curve.csv").split(separator: "\n").map {
        $0.split(separator: ",").map(String.init)
      }
      #expect(lines[0].joined(separator: ",") == header)
      return (
        lines.dropFirst().compactMap { Double($0[1]) },
        lines.dropFirst().compactMap { Double($0[3]) }
      )
    }
    let terms = "--delta 1e-5 --accountant gaussian-dp"
    let rounds = try uppers(
      "--over rounds --from 1 --to 1e3 --points 10 --log --noise-multiplier 9 \(terms)")
    #expect(rounds.values == [1, 2, 5, 10, 22, 46, 100, 215, 464, 1000])
    #expect(rounds.uppers == rounds.uppers.sorted())
    let noise = try uppers(
      "--over noise-multiplier --from 1 --to 5 --points 9 --rounds 1 \(terms)")
    #expect(noise.values == [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5])
    #expect(noise.uppers == noise.uppers.sorted(by: >))
    let delta = try uppers(
      "--over delta --from 1e-9 --to 1e-3 --points 3 --log --rounds 1 --noise-multiplier 9")
    #expect(delta.values.count == 3 && delta.values[0] == 1e-9 && delta.values[2] == 1e-3)
    #expect(delta.uppers == delta.uppers.sorted(by: >))
  }

  @Test func aCurveOfFewWholeNumbersHasEachOnce() throws {
    let ending = try run(
      "curve --over rounds --from 0 --to 3 --points 50 --noise-multiplier 9 --delta 1e-5 --json")
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [[String: Any]])
    #expect(list.map { $0["value"] as? Int } == [0, 1, 2, 3])
    #expect(list.allSatisfy { $0["parameter"] as? String == "rounds" && $0.count == 9 })
    #expect(list[0]["epsilon_upper"] as? Int == 0)
  }
}
