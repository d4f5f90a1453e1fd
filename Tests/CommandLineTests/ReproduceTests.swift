import Foundation
import Testing
import _TestSupport

/// Published results that a table of one's own, and MNIST, would reproduce.
@Suite(.serialized) struct ReproduceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["experiments", "empty"] {
      try FileManager.default.createDirectory(
        atPath: folder.at(name), withIntermediateDirectories: false)
    }
    let dataset = """
      csv:
          training: table.csv
          training_examples: 80
          test_examples: 20
          columns: {x: {number: [0, 1]}, y: {label: [low, high]}}
      """
    _ = try SmallExperiment.write(
      to: folder, ["name: fashion-mnist": dataset, "clients: 3000": "clients: 40"],
      name: "experiments/small.yaml")
    _ = try SmallExperiment.write(
      to: folder, ["name: small": "name: small-mnist", "name: fashion-mnist": "name: mnist"],
      name: "experiments/small-mnist.yaml")
    let rows = (0..<100).map { "\($0 % 2 == 0 ? "low" : "high"),0.\($0 % 2 == 0 ? 1 : 9)\n" }
    try folder.write("y,x\n" + rows.joined(), to: "experiments/table.csv")
    try folder.write(
      """
      id,paper,place,source,dataset,method,privacy_unit,epsilon,delta,accountant,accuracy,spread_points,spread_kind,confidence,caution,experiment,setting
      a-mnist,Alpha,Table 1,https://example.org/a,mnist,linear,client,3,1e-05,rdp,0.9,,,read-in-paper,,small-mnist,privacy.noise=none
      a-listed,Alpha,Table 1,https://example.org/a,imdb,deep,client,3,1e-05,rdp,0.9,,,read-in-paper,,,
      b-noised,Bêta,README,https://example.org/b,points,linear,client,3,1e-05,rdp-classic,0.25,0.1,unstated,third-party,Theirs is contested.,small,privacy.noise=multiplier:2.0
      b-plain,Bêta,README,https://example.org/b,points,linear,client,inf,,,0.5,,,read-in-paper,,small,privacy.noise=none
      c-absent,Gamma,Table 3,https://example.org/c,points,linear,client,1,1e-05,,0.5,,,recalled,,nowhere,case=a
      c-other,Gamma,Table 3,https://example.org/c,points,linear,client,1,1e-05,,0.5,,,recalled,,small,case=a

      """, to: "experiments/published.csv")
  }

  private func reproduce(_ arguments: String...) throws -> Program.Ending {
    try Program.run(["reproduce"] + arguments, in: folder.path)
  }

  private func reproduction() throws -> [[String: String]] {
    let lines = try folder.text("results/reproduction.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  @Test func resultsAreListedAndFiltered() throws {
    let all = try reproduce()
    #expect(all.status == 0)
    #expect(all.output.contains("6 published results, 5 with an experiment."))
    let some = try reproduce("--paper", "beta", "--dataset", "points")
    #expect(some.output.contains("\nBêta (https://example.org/b)\n  b-noised"))
    #expect(some.output.contains("25.00 % +- 0.1    third party"))
    #expect(!some.output.contains("Alpha"))
  }

  @Test func aResultIsRunOnceAndComparedFromThenOn() throws {
    let first = try reproduce("b-noised", "--no-plot")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("\nb-noised: Theirs is contested."))
    #expect(first.output.contains("\nb-noised: theirs as another text reports it"))
    #expect(first.errors.contains("table: results/reproduction.csv"))
    #expect(try reproduction().map { $0["id"] } == ["b-noised"])

    let row = try #require(try reproduction().first)
    func number(_ column: String) throws -> Double { try #require(Double(row[column] ?? "")) }
    #expect(try number("our_n") == 2 && number("our_noise_multiplier") == 2)
    #expect(try abs(number("our_accuracy_mean") - 0.25 - number("difference")) < 1e-12)
    #expect(try number("our_epsilon_upper_rdp_classic") > number("our_epsilon_upper_rdp"))
    #expect(try number("our_epsilon_upper_rdp") > number("our_epsilon_upper_pld"))
    #expect(try number("seconds") > 0)
    let price = try folder.text("results/small/tradeoff.csv").split(separator: "\n")[2]
    #expect(price.contains(try #require(row["our_epsilon_upper_pld"])))

    let finished = try folder.data("results/small/provenance.json")
    let again = try reproduce("b-*", "--no-plot")
    #expect(again.status == 0)
    #expect(again.errors.contains("results/small is complete"))
    #expect(try folder.data("results/small/provenance.json") == finished)
    #expect(try reproduction().map { $0["id"] } == ["b-noised", "b-plain"])
    #expect(try reproduction()[1]["our_epsilon_upper_pld"] == "inf")
    #expect(try Program.run("verify", folder.at("results/small")).status == 0)
  }

  @Test func dataThatAreMissingStopNothingElse() throws {
    let data = "mnist=\(folder.at("empty"))"
    let asked = try reproduce("a-mnist", "b-plain", "--data", data, "--no-plot")
    #expect(asked.status == 1)
    #expect(asked.errors.contains("not run, for want of data: a-mnist: MNIST: "))
    #expect(asked.errors.contains("holds neither train-images-idx3-ubyte.gz nor train-images"))
    #expect(asked.errors.contains("--data mnist=FOLDER"))
    #expect(try reproduction().map { $0["id"] } == ["b-plain"])
    #expect(!folder.contents.contains("results/small-mnist"))
    let swept = try reproduce("a-*", "b-*", "--data", data, "--no-plot")
    #expect(swept.status == 0, "\(swept.errors)")
    #expect(swept.errors.contains("for want of data: a-mnist"))

    // Files that are there and are not MNIST's are a failure, whoever asked.
    for name in ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"] {
      try folder.write(Data([0, 0, 8, 3]), to: "empty/\(name)-ubyte")
    }
    let wrong = try reproduce("a-*", "--data", data, "--no-plot")
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("error: a-mnist: "))
    #expect(wrong.errors.contains("train-images-idx3-ubyte ends early"))
  }

  @Test func whatCannotBeReproducedIsAnError() throws {
    let all = try reproduce("--all", "--data", "mnist=\(folder.at("empty"))", "--no-plot")
    #expect(all.status == 1)
    #expect(
      all.errors.contains(
        "error: c-absent: experiments/published.csv:6: experiment: there is no "
          + "experiments/nowhere.yaml"))
    #expect(
      all.errors.contains(
        "error: c-other: experiments/published.csv:7: setting: small has no setting \"case=a\". It "
          + "has \"privacy.noise=none\", "))
    #expect(try reproduction().map { $0["id"] } == ["b-noised", "b-plain"])

    let listed = try reproduce("a-listed")
    #expect(listed.status == 1)
    #expect(listed.errors.contains("published.csv:3: experiment is empty"))
    let unknown = try reproduce("d-nothing")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("no row of experiments/published.csv has the id d-nothing"))
    #expect(try reproduce("--all", "b-plain").status == 64)
    #expect(try reproduce("b-plain", "--data", "nothing=x").status == 64)
  }

  @Test func smokeValuesGoToAFileOfTheirOwn() throws {
    let experiment = try folder.text("experiments/small.yaml")
    try folder.write(
      experiment + "smoke:\n  training.rounds: 1\n", to: "experiments/small.yaml")
    let ending = try reproduce("b-plain", "--smoke", "--no-plot")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.errors.contains("reproduce nothing"))
    #expect(folder.contents.contains("results/reproduction-smoke.csv"))
    #expect(!folder.contents.contains("results/reproduction.csv"))
    #expect(folder.contents.contains("results/small-smoke/tradeoff.csv"))
  }
}
