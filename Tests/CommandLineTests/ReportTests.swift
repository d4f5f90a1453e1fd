import Foundation
import Reporting
import Testing
import _TestSupport

@Suite(.serialized, .enabled(if: Gnuplot.isInstalled, "gnuplot is not installed"))
struct ReportTests {
  private static let question = #"<script>alert(1)</script> & | `x` % _ $y$ \ #"#

  @Test func aRunIsToldOnOnePage() throws {
    let folder = try TemporaryFolder()
    let experiment = try SmallExperiment.write(
      to: folder,
      [
        "question: Does the program keep its word?": "question: '\(Self.question)'",
        "every: 1000": "every: 1",
      ])
    let results = folder.at("results")
    #expect(
      try Program.run("run", experiment, "--output", results, "--no-plot").status == 0)

    let ending = try Program.run("report", "\(results)/")
    #expect(ending.status == 0, "\(ending.errors)")
    let names = [
      "report.html", "report.md", "table.tex", "references.bib", "report-files/tradeoff.svg",
      "report-files/accuracy-over-rounds.svg", "report-files/epsilon-over-rounds.svg",
      "report-files/clipped-over-rounds.svg",
    ]
    #expect(ending.output.hasPrefix(names.map { "\(results)/report/\($0)\n" }.joined()))
    let page = try folder.text("results/report/report.html")
    #expect(!page.contains("<script"))
    #expect(
      page.contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt; &amp; | `x` % _ $y$ \\ #</h1>"))
    for row in try folder.text("results/tradeoff.csv").split(separator: "\n").dropFirst(2) {
      let epsilon = try #require(Double(row.split(separator: ",")[3]))
      let shown = page.matches(of: /≤ ([0-9.]+)/).compactMap { Double($0.1) }
      #expect(shown.contains { $0 >= epsilon && $0 <= 1.001 * epsilon })
    }
    for words in [
      "The guarantee protects <strong>one client</strong>", "Poisson", "add-or-remove-one",
      "publishing all 4 private trials", "Not covered", "tradeoff verify \(results)",
    ] {
      #expect(page.localizedCaseInsensitiveContains(words), "\(words)")
    }
    let bibliography = try folder.text("results/report/references.bib")
    for key in ["mcmahan2017", "xiao2017", "dwork2014"] {
      #expect(bibliography.contains("{\(key),") && page.contains("id=\"reference-\(key)\""))
    }

    // The same again, and nothing of it is in the way of what knows the folder.
    let before = try names.map { try folder.data("results/report/\($0)") }
    #expect(try Program.run("report", results).status == 0)
    #expect(try names.map { try folder.data("results/report/\($0)") } == before)
    #expect(try Program.run("verify", results).status == 0)
    #expect(try Program.run("run", experiment, "--output", results, "--no-plot").status == 0)

    // Two of them, side by side.
    let both = try Program.run("report", results, results, "--output", folder.at("both"))
    #expect(both.status == 0, "\(both.errors)")
    let joint = try folder.text("both/report.html")
    #expect(joint.contains("small (1)") && joint.contains("small (2)"))
    #expect(joint.contains("id=\"run1-privacy\"") && joint.contains("id=\"run2-privacy\""))

    // What was altered is not reported.
    var table = try folder.text("results/tradeoff.csv")
    table = table.replacingOccurrences(of: "0.01", with: "0.02")
    try folder.write(table, to: "results/tradeoff.csv")
    let refused = try Program.run("report", results, "--output", folder.at("no"))
    #expect(refused.status == 1)
    #expect(
      refused.errors.contains("results/tradeoff.csv is not as it was when the run ended"))
    #expect(!folder.contents.contains("no"))
  }

  @Test func whereNothingIsThereIsNoReport() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run("report", folder.at("none"))
    #expect(ending.status == 1)
    #expect(ending.errors.contains("no finished run is here"))
    let several = try Program.run("report", "a", "b")
    #expect(several.status == 64)
    #expect(several.errors.contains("A report on several folders needs a place"))
    let gnuplot = try Program.run(after: "PATH=/nowhere", "report", folder.path)
    #expect(gnuplot.status == 1 && gnuplot.errors.contains("gnuplot is not installed"))
  }

  /// Papernot & Steinke 2022: nothing but the chosen run may be seen.
  @Test func ofAPrivateChoiceTheChoiceAloneIsTold() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      schema: 1
      name: chosen
      question: Which rate?
      seed: 3
      replicates: 1
      dataset: {name: fashion-mnist, validation_examples: 1000}
      model: {kind: logistic-regression}
      training: {rounds: 1, sampling: {poisson_rate: 0.001}, learning_rate: 0.1}
      evaluation: {split: validation, every: 1, tuned_on: nothing}
      privacy:
        unit: example
        neighboring_relation: add-or-remove-one
        delta: 1.0e-5
        clipping_norm: 1
        noise: {multiplier: 2}
      sweep: {training.learning_rate: [0.1, 0.2]}
      tuning:
        repetitions: {truncated_negative_binomial: {shape: 1, mean: 3}}
        score_noise_multiplier: 20

      """, to: "chosen.yaml")
    let results = folder.at("results")
    #expect(
      try Program.run("run", folder.at("chosen.yaml"), "--output", results, "--no-plot").status == 0
    )
    let ending = try Program.run("report", results)
    #expect(ending.status == 0, "\(ending.errors)")
    let page = try folder.text("results/report/report.html")
    #expect(page.contains("Chosen setting") && page.contains("reference-papernot2022"))
    // No trial's name or accuracy, no checksum of what holds them, and no time.
    for trial in try folder.text("results/trials.csv").split(separator: "\n").dropFirst() {
      #expect(!page.contains(trial.prefix(16)))
    }
    #expect(!page.contains("trials.csv") && !page.contains("Seconds"))
    #expect(!folder.contents.contains("results/report/report-files"))
  }
}
