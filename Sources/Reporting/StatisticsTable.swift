internal import Foundation
public import Results
internal import Statistics

/// What a run's replicates tell, as aligned text: a table of settings, and tables of differences.
public struct StatisticsTable: CustomStringConvertible {
  public let description: String

  /// - Parameters:
  ///   - evaluationSplit: what accuracies are measured on, such as `test`.
  ///   - measure: what is measured, such as `accuracy`.
  public init(_ statistics: RunStatistics, evaluationSplit: String, measure: String) {
    let wording = Wording(statistics.terms)
    var parts = [
      settings(statistics.settings, title: "\(evaluationSplit) \(measure)", wording: wording)
    ]
    let tables = [
      ("neighbors, by rising epsilon", statistics.neighbors),
      ("against the setting without noise, or else the best", statistics.againstBaseline),
    ]
    for (heading, differences) in tables where !differences.isEmpty {
      parts.append(
        "\(heading): \(differences.count) differences\n"
          + table(of: differences, wording: wording))
    }
    parts.append(
      notes(on: statistics, evaluationSplit: evaluationSplit, wording: wording)
        .joined(separator: "\n"))
    description = parts.joined(separator: "\n\n")
  }
}

private struct Wording {
  let interval: String
  let method: String
  let wanted: String

  init(_ terms: StatisticsTerms) {
    interval = "\(percentText(terms.confidence)) % interval"
    wanted = String(format: "n for +-%.4g", 100 * terms.halfWidth)
    method =
      switch terms.method {
      case .student: "Student's"
      case .bootstrap:
        "by the bias-corrected and accelerated bootstrap (\(Sample.resamples) resamples), which covers "
          + "too seldom below some twenty replicates"
      }
  }
}

private func settings(
  _ settings: [SettingStatistics], title: String, wording: Wording
) -> String {
  let showsSampling = settings.contains { $0.samplingError != nil }
  let header =
    ["setting", "epsilon", title, "standard error", wording.interval, "n", wording.wanted]
    + (showsSampling ? ["sampling error"] : [])
  return alignedColumns(
    [header]
      + settings.map { setting in
        let row = setting.row
        return [
          shortLabel(row.sweep), upperBound(row.claim.epsilonUpper), percent(row.accuracyMean),
          points(row.accuracyStandardError),
          interval(setting.interval?.lower, setting.interval?.upper), String(row.n),
          setting.replicatesNeeded.map(String.init) ?? "-",
        ] + (showsSampling ? [points(setting.samplingError)] : [])
      })
}

private func table(of differences: [SettingDifference], wording: Wording) -> String {
  let header = [
    "first", "second", "difference", wording.interval, "p", "p by Holm", "p by signs", "n",
    wording.wanted, "the second is",
  ]
  return alignedColumns(
    [header]
      + differences.map {
        [
          shortLabel($0.first.sweep), shortLabel($0.second.sweep), signedPoints($0.estimate),
          signedPoints($0.interval), pValueText($0.pValue), pValueText($0.holmPValue),
          pValueText($0.signFlipPValue), String($0.n),
          $0.replicatesNeeded.map(String.init) ?? "-", $0.verdict.words,
        ]
      }, flushLeft: 2)
}

private func notes(
  on statistics: RunStatistics, evaluationSplit: String, wording: Wording
) -> [String] {
  var notes = claims(of: statistics.settings.map(\.row.claim))
  notes.append(
    "\(wording.interval): \(wording.method), of a mean over replicates, which differ in noise, initial "
      + "weights, cohorts and batches, and share the data, how they are dealt out, and the "
      + "\(evaluationSplit) examples")
  if statistics.settings.contains(where: { $0.samplingError != nil }) {
    notes.append(
      "sampling error: what drawing so many other \(evaluationSplit) examples would add to the standard "
        + "error of one accuracy p, sqrt(p (1 - p) / count); to a difference on the same examples, less"
    )
  }
  let differences = statistics.neighbors + statistics.againstBaseline
  if !differences.isEmpty {
    notes.append(
      "difference: the second less the first, in percentage points, replicate by replicate: those of one "
        + "number share initial weights, cohorts and batches")
    notes.append(
      "p: of Student's two-sided test that there is no difference; by Holm: adjusted for all tests of its "
        + "table; by signs: exact, at least 2^(1 - n), over all choices of the differences' signs. "
        + "Intervals are not adjusted: each by itself covers the truth "
        + "\(percentText(statistics.terms.confidence)) times in 100")
  }
  if statistics.againstBaseline.contains(where: { $0.first.claim.hasNoise }) {
    notes.append(
      "the best is so by these very numbers, and looks better for it than another run would show it"
    )
  }
  notes.append(
    "\(wording.wanted): replicates for an interval within so many points, from the spread seen, itself an "
      + "estimate")
  if statistics.settings.contains(where: { $0.row.n == 1 }) {
    notes.append(
      "one replicate tells nothing of the spread: raise `replicates` in the experiment")
  }
  return notes
}

extension DifferenceVerdict {
  var words: String {
    switch self {
    case .higher: "higher"
    case .lower: "lower"
    case .higherAlone: "higher, but not by Holm"
    case .lowerAlone: "lower, but not by Holm"
    case .cannotBeToldApart: "not to be told apart"
    case .same: "the same"
    case .unknown: "unknown"
    }
  }
}
