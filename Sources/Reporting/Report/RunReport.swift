internal import Accounting
internal import Experiments
internal import Foundation
internal import Results

/// The sections about one run.
struct RunReport {
  let run: FinishedRun
  /// Before names in links and files, where a document is about several runs.
  let prefix: String

  private var plan: Plan { run.plan }

  func sections() throws -> [Section] {
    let own =
      switch run.outcome {
      case .sweep(let results): try sections(on: results)
      case .choice(let row): sections(on: row)
      }
    return own + [
      section("Methods", "methods", [.list(methods)]),
      try settings(),
      reproduction(),
    ]
  }

  /// What was run, in a sentence.
  var opening: [Block] {
    let name = plan.experiment.name
    let data = Set(plan.datasetNames).sorted().joined(separator: ", ")
    var what: Prose
    switch run.outcome {
    case .sweep(let results):
      let settings = results.rows.count
      let replicates = plan.experiment.replicates
      what = """
        Experiment \(code: name) on \(data): \(settings) \(settings == 1 ? "setting" : "settings"), \
        \(replicates) \(replicates == 1 ? "run" : "runs") each.
        """
    case .choice:
      what = "Experiment \(code: name) on \(data), which chooses one of its settings privately."
    }
    guard plan.experiment.isSmoke else { return [.paragraph(what)] }
    return [
      .paragraph(
        """
        \(what) \(strong: "Smoke values") were applied, which show that it runs: these numbers answer no \
        question.
        """)
    ]
  }

  private func section(
    _ title: String, _ anchor: String, _ blocks: [Block], _ sections: [Section] = []
  ) -> Section {
    Section(title: title, anchor: prefix + anchor, blocks: blocks, sections: sections)
  }
}

/// Of a sweep.
extension RunReport {
  private func sections(on results: FinishedRun.SweepResults) throws -> [Section] {
    let figures = RunFigures(results, plan: plan, prefix: prefix)
    let table = SettingTable(
      results.rows.map { (run: nil, row: $0) }, name: "\(prefix)table-results",
      subject: "every setting of \(plan.experiment.name)",
      evaluationSplit: plan.evaluationDescription,
      measure: plan.measureDescription
    ).table
    let drawn = [try figures.tradeoff(), try figures.audit()].compactMap { $0 }
    let alike = try alikeNeighbors(in: results)
    var sections = [
      section(
        "Results", "results",
        summary(of: results.rows) + (drawn.isEmpty ? [] : [.figures(drawn)]) + [.table(table)]
          + alike),
      section("Privacy", "privacy", privacy(of: results)),
    ]
    let alongRounds = try figures.alongRounds()
    if !alongRounds.isEmpty {
      sections.append(section("Along the rounds", "rounds", [.figures(alongRounds)]))
    }
    if let measures = MeasureTable(results, name: "\(prefix)table-measures").table {
      sections.append(section("All measures", "measures", [.table(measures)]))
    }
    let time = try figures.time()
    if !time.isEmpty { sections.append(section("Time", "times", time)) }
    return sections
  }

  /// Without noise, at the greatest and at the least epsilon, where there is one curve.
  private func summary(of rows: [TradeoffRow]) -> [Block] {
    let series = PlotSeries.all(of: rows)
    guard series.count == 1, let least = series[0].curve.first, let most = series[0].curve.last,
      least.setting != most.setting
    else { return [] }
    func at(_ row: TradeoffRow) -> String {
      "\(percent(row.accuracyMean)) at ε\u{A0}≤\u{A0}"
        + OutwardDecimal.text(row.claim.epsilonUpper, rounded: .up)
    }
    let baseline = series[0].baseline.map { "\(percent($0.accuracyMean)) without noise, " } ?? ""
    return [
      .paragraph(
        """
        \(sentence(plan.evaluationDescription)) \(plan.measureDescription) is \(baseline)\(at(most)) and \
        \(at(least)).
        """)
    ]
  }

  /// So that nobody reads noise as a signal.
  private func alikeNeighbors(in results: FinishedRun.SweepResults) throws -> [Block] {
    let statistics = try RunStatistics(
      of: results.trials, exampleCount: plan.evaluationExampleCount)
    guard let warning = NoiseWarning(statistics, directory: run.directory) else { return [] }
    return [
      .paragraph("The replicates do not tell these neighbors apart, in either order:"),
      .list(warning.lines.map { Prose(sentence($0)) }),
    ]
  }

  private func privacy(of results: FinishedRun.SweepResults) -> [Block] {
    let promised = statements()
    guard !promised.isEmpty else {
      return [.paragraph("No setting of this experiment has a finite ε: it guarantees nothing.")]
    }
    return promised + [
      .paragraph(
        """
        The ε of a row is the price of \(strong: "one run") whose settings were fixed beforehand. What \
        more costs \(cite: [.papernot2022]):
        """),
      .list(plan.costs.map { Prose(sentence($0)) }),
      .paragraph("\(strong: "Not covered"):"),
      .list(uncovered(by: results)),
    ]
  }

  private func uncovered(by results: FinishedRun.SweepResults) -> [Prose] {
    var items: [Prose] = [
      """
      columns and plots of diagnostics, whose names begin with \(code: "diagnostic_"): of people's data \
      they are not to be published
      """
    ]
    let without = results.rows.filter { !$0.claim.isPrivate }
    if !without.isEmpty {
      items.append(
        Prose(
          "settings without a finite ε: "
            + without.map { shortLabel($0.sweep) }.joined(separator: "; ")))
    }
    items += [
      "choices of settings by looking at results, except as priced above",
      "whoever accuracy is measured on: what is held out counts as public",
    ]
    if plan.guarantees.contains(where: { $0?.isAboutDealtExamples ?? false }) {
      items.append("which client holds which example")
    }
    return items + sharedLimits
  }

  private var sharedLimits: [Prose] {
    let units = Set(plan.guarantees.compactMap { $0?.unit.rawValue }).sorted()
    return units.map { "people who are several \($0)s: their loss adds up" } + [
      """
      attacks on the noise itself: \(run.provenance.randomness) \(cite: [.mironov2012]). The seed stands in \
      the experiment, so that results can be repeated; whoever knows it can take the noise away
      """
    ]
  }
}

/// Of a private choice: what it publishes, and nothing else.
extension RunReport {
  private func sections(on row: SelectionRow) -> [Section] {
    let claim = row.claim
    var result: [Block.Definition] = []
    if let sweep = row.sweep, let score = row.noisedScore {
      result = [
        .init("Chosen setting", .code(sweep)),
        .init(
          "Noised score",
          """
          \(String(format: "%.1f", score)) validation examples right, with Gaussian noise of standard \
          deviation \(row.scoreNoiseMultiplier)
          """),
      ]
    } else {
      result = [.init("Chosen setting", "none, since there was no run to choose from")]
    }
    result.append(
      .init(
        "Price",
        """
        \(strong: "ε ≤ \(OutwardDecimal.text(claim.epsilonUpper, rounded: .up))") at δ = \(claim.delta), \
        for the choice and the chosen run together; unit: \(claim.privacyUnit.rawValue); neighbors: \
        \(claim.neighboringRelation.rawValue); sampling: \(claim.sampling); accountant: \
        \(claim.accountant.rawValue)
        """))
    let choice: Prose = """
      a random number of runs (\(code: row.repetitions)) each draw a setting and train it with fresh \
      randomness; of all of them only the one with the best noised score is published, and its ε covers \
      that choice \(cite: [.papernot2022]). An example is trained on or scored on, never both \
      \(cite: [.mcsherry2009])
      """
    return [
      section("Results", "results", [.definitions(result)]),
      section(
        "Privacy", "privacy",
        statements(countedBy: claim.accountant, choice: choice) + [
          .paragraph("\(strong: "Not covered"):"),
          .list(
            [
              """
              everything else in the results folder: it holds every run of the choice, and is not to be \
              published. Nothing of it is in this report
              """
            ] + sharedLimits),
        ]),
    ]
  }
}

/// What the settings guarantee.
extension RunReport {
  /// - Parameters:
  ///   - accountant: nil for each setting's own.
  ///   - choice: how the published run was chosen, where the choice is part of the guarantee.
  private func statements(
    countedBy accountant: AccountantKind? = nil, choice: Prose? = nil
  ) -> [Block] {
    var promises: [PrivacyStatement.Promise] = []
    for (guarantee, label) in zip(plan.guarantees, plan.settingLabels.map(shortLabel)) {
      guard let guarantee else { continue }
      if let known = promises.firstIndex(where: { $0.guarantee == guarantee }) {
        promises[known].settings.append(label)
      } else {
        promises.append(
          PrivacyStatement.Promise(
            guarantee: guarantee, accountant: accountant ?? guarantee.accountant, choice: choice,
            settings: [label]))
      }
    }
    return PrivacyUnit.allCases.flatMap { unit -> [Block] in
      let own = promises.filter { $0.guarantee.unit == unit }
      return own.isEmpty ? [] : PrivacyStatement(own).blocks
    }
  }
}

/// What every report ends with.
extension RunReport {
  private var methods: [Prose] {
    plan.methods.map(\.attribution).filter { !$0.references.isEmpty }
      .map { "\($0.method) \(cite: $0.references)" }
  }

  private func settings() throws -> Section {
    var blocks: [Block] = []
    switch run.outcome {
    case .sweep(let results):
      let settings = try ResolvedSettings(plan)
      blocks.append(.paragraph("In all trials:"))
      blocks.append(.definitions(settings.common.map { .init(.code($0.name), .code($0.text)) }))
      if let table = varied(settings, in: results) { blocks.append(.table(table)) }
    case .choice:
      blocks.append(.paragraph("The settings that the choice is among:"))
      blocks.append(.list(plan.settingLabels.map { .code($0) }))
    }
    blocks.append(
      .disclosure(
        summary: "The experiment file, letter by letter",
        [.verbatim(plan.experiment.source)]))
    return section("Settings", "settings", blocks)
  }

  /// What settings have of their own, noise calibrated.
  private func varied(
    _ settings: ResolvedSettings, in results: FinishedRun.SweepResults
  ) -> Table? {
    var rows: [(setting: Int, values: [String: String])] = []
    for (trial, own) in zip(plan.trials, settings.own)
    where rows.last?.setting != trial.setting {
      rows.append(
        (trial.setting, Dictionary(uniqueKeysWithValues: own.map { ($0.name, $0.text) })))
    }
    let names = Set(rows.flatMap(\.values.keys)).sorted()
    guard !names.isEmpty, rows.count > 1 else { return nil }
    let labels = plan.settingLabels
    return Table(
      name: "\(prefix)table-varied", caption: "What differs, with the noise that targets led to",
      columns: [.text("setting")] + names.map { .text(.code($0)) },
      rows: rows.map { setting, values in
        [Prose(shortLabel(labels[setting]))] + names.map { values[$0].map { .code($0) } ?? "–" }
      })
  }

  private func reproduction() -> Section {
    let provenance = run.provenance
    let commands =
      (provenance.commit.map { ["git checkout \($0.replacingOccurrences(of: "-dirty", with: ""))"] }
        ?? []) + [
        provenance.command.map(ShellWord.quoted).joined(separator: " "),
        "tradeoff verify \(ShellWord.quoted(run.directory))",
      ]
    var facts: [Block.Definition] = [
      .init("Program", Prose(provenance.program)),
      .init("Commit", provenance.commit.map { .code($0) } ?? "not recorded"),
      .init("Command", .code(provenance.command.map(ShellWord.quoted).joined(separator: " "))),
      .init("Finished", Prose(provenance.finished.formatted(.iso8601))),
      .init("System", Prose(provenance.operatingSystem)),
      .init("Processor", "\(provenance.processor); \(provenance.threads) threads"),
    ]
    facts += provenance.libraries.sorted { $0.key < $1.key }.map { .init(.code($0), Prose($1)) }
    facts += [
      .init("Data", Prose(provenance.dataset)),
      .init("Randomness", Prose(provenance.randomness)),
    ]
    let published = provenance.files.sorted { $0.key < $1.key }.filter {
      if case .choice = run.outcome { $0.key == "selection.csv" } else { true }
    }
    var blocks: [Block] = [
      .verbatim(commands.joined(separator: "\n") + "\n"),
      .paragraph(
        """
        \(code: "tradeoff run") repeats the training: on the same kind of processor every byte comes out \
        again, but for times. \(code: "tradeoff verify") derives the plan, the prices and the tables \
        again without it.
        """),
    ]
    if provenance.commit?.hasSuffix("-dirty") == true {
      blocks.append(.paragraph("The checkout held changes that are in no commit."))
    }
    blocks += [
      .definitions(facts),
      .disclosure(
        summary: "SHA-256 of the files",
        [.definitions(published.map { .init(.code($0.key), .code($0.value)) })]),
    ]
    return section("Provenance", "provenance", blocks)
  }
}

extension Plan {
  /// What publishing more than one row costs, and what settings were chosen on.
  fileprivate var costs: [String] {
    (publicationDescription + "\n" + tuningDescription).split(separator: "\n").map(String.init)
  }

  fileprivate var datasetNames: [String] {
    datasetDescription.components(separatedBy: ", ").map { String($0.prefix { $0 != " " }) }
  }
}

extension Guarantee {
  fileprivate var isAboutDealtExamples: Bool {
    if case .sums = release { unit == .client } else { false }
  }
}
