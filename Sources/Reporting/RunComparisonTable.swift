internal import Accounting
internal import Foundation
public import Results
internal import Statistics

/// Two runs side by side, as aligned text.
public struct RunComparisonTable: CustomStringConvertible {
  public let description: String

  public init(_ comparison: RunComparison) {
    var parts = [
      "a: \(comparison.first.directory) (\(comparison.first.name))\n"
        + "b: \(comparison.second.directory) (\(comparison.second.name))"
    ]
    if comparison.settings.isEmpty {
      parts.append(
        "no setting is in both: none has the same resolved values, and none the same swept values")
    } else {
      parts.append(
        table(of: comparison) + "\n" + notes(on: comparison).joined(separator: "\n"))
    }
    parts += [statements(of: comparison), plans(of: comparison), missing(of: comparison)]
      .filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
    description = parts.joined(separator: "\n\n")
  }
}

private func table(of comparison: RunComparison) -> String {
  let header = [
    "setting", "epsilon a", "epsilon b", "accuracy a", "accuracy b", "difference",
    "\(percentText(comparison.terms.confidence)) % interval", "p", "p by Holm", "n", "by",
    "b is",
  ]
  return alignedColumns(
    [header]
      + comparison.settings.map { setting in
        [
          label(setting), upperBound(setting.first.claim.epsilonUpper),
          upperBound(setting.second.claim.epsilonUpper), percent(setting.first.accuracyMean),
          percent(setting.second.accuracyMean), signedPoints(setting.estimate),
          signedPoints(setting.interval), pValueText(setting.pValue),
          pValueText(setting.holmPValue), count(setting.basis), name(setting.basis),
          setting.verdict.words,
        ]
      })
}

/// Swept values, those of both runs where they are not the same.
private func label(_ setting: ComparedSetting) -> String {
  let labels = [setting.first.sweep, setting.second.sweep].map(shortLabel)
  return labels[0] == labels[1] ? labels[0] : labels.joined(separator: " / ")
}

private func count(_ basis: ComparisonBasis) -> String {
  switch basis {
  case .sameTrials: "-"
  case .paired(let count): String(count)
  case .unpaired(let first, let second, _): "\(first), \(second)"
  }
}

private func name(_ basis: ComparisonBasis) -> String {
  switch basis {
  case .sameTrials: "same trials"
  case .paired: "pairs"
  case .unpaired: "Welch"
  }
}

private func notes(on comparison: RunComparison) -> [String] {
  var notes = claims(of: comparison.settings.flatMap { [$0.first.claim, $0.second.claim] })
  let bases = comparison.settings.map(\.basis)
  let tests = comparison.settings.count { $0.pValue != nil }
  if comparison.terms.method == .bootstrap {
    notes.append("bootstrap: of pairs; intervals by Welch are Student's")
  }
  if tests > 0 {
    notes.append(
      "difference: b less a in percentage points; p: of Student's two-sided test that there is none; by "
        + "Holm: adjusted for all \(tests) tests; intervals are not adjusted")
  }
  if bases.contains(where: { if case .paired = $0 { true } else { false } }) {
    notes.append(
      "pairs: replicates of one number, which share seed, data and cohorts in both runs")
  }
  if bases.contains(where: { if case .unpaired = $0 { true } else { false } }) {
    let paths = Set(
      bases.compactMap { if case .unpaired(_, _, let path?) = $0 { path } else { nil } })
    let reason =
      paths.isEmpty
      ? "no replicates share a number"
      : "the runs differ in \(paths.sorted().joined(separator: ", "))"
    notes.append("Welch: nothing pairs the replicates, since \(reason)")
  }
  let splits = comparison.settings.flatMap { setting in
    (setting.planDifferences + comparison.planDifferences)
      .filter { $0.path == "evaluation.split" || $0.path == "dataset_fingerprint" }
  }
  if !splits.isEmpty {
    notes.append("the accuracies of a and b are not of the same examples")
  }
  return notes
}

private func statements(of comparison: RunComparison) -> [String] {
  guard !comparison.settings.isEmpty else { return [] }
  let differing = comparison.settings.map {
    (setting: $0, differences: $0.first.claim.statementDifferences(to: $0.second.claim))
  }.filter { !$0.differences.isEmpty }
  guard let first = differing.first else { return ["privacy statements: the same"] }
  let isSame = differing.allSatisfy { $0.differences == first.differences }
  return ["privacy statements that differ, a -> b:"]
    + (isSame
      ? first.differences.map { "  \($0)" }
      : differing.map { setting, differences in
        "  \(label(setting)): \(differences.map(\.description).joined(separator: "; "))"
      })
}

private func plans(of comparison: RunComparison) -> [String] {
  var lines = comparison.planDifferences.map { "  \($0)" }
  for setting in comparison.settings where !setting.planDifferences.isEmpty {
    lines.append(
      "  \(label(setting)): "
        + setting.planDifferences.map(\.description).joined(separator: "; "))
  }
  if lines.isEmpty { return comparison.settings.isEmpty ? [] : ["plans: the same"] }
  return ["plans that differ, a -> b:"] + lines
}

private func missing(of comparison: RunComparison) -> [String] {
  [("a", comparison.onlyInFirst), ("b", comparison.onlyInSecond)].flatMap { name, sweeps in
    sweeps.map { "only in \(name): \(shortLabel($0))" }
  }
}
