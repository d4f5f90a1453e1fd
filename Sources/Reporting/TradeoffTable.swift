internal import Accounting
internal import Foundation
public import Results

/// The table that people came for, as aligned text.
public struct TradeoffTable: CustomStringConvertible {
  public let description: String

  /// - Parameter measure: what the column of accuracies holds.
  public init(_ rows: [TradeoffRow], evaluationSplit: String, measure: String = "accuracy") {
    let links = linkColumns(of: rows)
    let audits = auditColumns(of: rows)
    let header =
      [
        "setting", "epsilon", "by rdp", "noise multiplier", "\(evaluationSplit) \(measure)",
        "95 % interval", "n",
      ] + audits.map(\.title) + links.map(\.title)
    let body = rows.map { row in
      [
        shortLabel(row.sweep),
        upperBound(row.claim.epsilonUpper),
        row.claim.epsilonUpperRDP.map(upperBound) ?? "-",
        row.claim.hasNoise ? String(format: "%.4g", row.claim.noiseMultiplier) : "no noise",
        percent(row.accuracyMean),
        interval(row.accuracyLower, row.accuracyUpper),
        String(row.n),
      ] + audits.map { $0.text(row.audit) } + links.map { $0.text(row.links) }
    }
    description =
      ([alignedColumns([header] + body)] + claims(of: rows.map(\.claim))
      + AuditText.meanings(of: rows)).joined(separator: "\n")
  }
}

func upperBound(_ epsilon: Double) -> String {
  epsilon.isFinite ? "<= \(OutwardDecimal.text(epsilon, rounded: .up))" : "inf"
}

/// A single run has none.
func interval(_ lower: Double?, _ upper: Double?) -> String {
  guard let lower, let upper else { return "-" }
  return "\(percent(lower)) .. \(percent(upper))"
}

func percent(_ fraction: Double) -> String { String(format: "%.2f %%", 100 * fraction) }

/// `privacy.noise=none` reads `noise=none`: the last name of each path says enough in a table.
func shortLabel(_ sweep: String) -> String {
  sweep.isEmpty
    ? "-"
    : sweep.split(separator: ";").map { axis in
      let parts = axis.split(separator: "=", maxSplits: 1)
      let name = parts[0].split(separator: ".").last ?? parts[0]
      return parts.count == 2 ? "\(name)=\(parts[1])" : String(name)
    }.joined(separator: " ")
}

struct AuditColumn {
  let title: String
  let text: (SettingAudit?) -> String
}

/// Columns for what audits certify, and estimate, where there are any.
func auditColumns(of rows: [TradeoffRow]) -> [AuditColumn] {
  guard rows.contains(where: { $0.audit != nil }) else { return [] }
  let hasEstimates = rows.contains { $0.audit?.epsilonEstimate != nil }
  return [AuditColumn(title: "audited", text: AuditText.lowerBound)]
    + (hasEstimates ? [AuditColumn(title: "estimate", text: AuditText.estimate)] : [])
}

struct LinkColumn {
  let title: String
  let text: (LinkUse) -> String
}

/// Columns for what rows took of links and devices, where it is not the same in all of them.
func linkColumns(of rows: [TradeoffRow]) -> [LinkColumn] {
  let columns: [(title: String, value: (LinkUse) -> Double?, text: (Double) -> String)] = [
    ("MB up", { $0.bytesUp }, megabytes), ("MB down", { $0.bytesDown }, megabytes),
    ("reporting", { $0.participation }, { String(format: "%.1f %%", 100 * $0) }),
    ("skipped rounds", { $0.skippedRounds }, { String(format: "%.1f", $0) }),
  ]
  return columns.filter { column in Set(rows.map { column.value($0.links) }).count > 1 }
    .map { column in
      LinkColumn(title: column.title) { column.value($0).map(column.text) ?? "-" }
    }
}

private func megabytes(_ bytes: Double) -> String { String(format: "%.2f", bytes / 1e6) }

/// What every epsilon of the table means, once for each meaning that occurs.
func claims(of claims: [PrivacyClaim]) -> [String] {
  var sentences: [String] = []
  for claim in claims where claim.isPrivate {
    let meaning = "epsilon: upper bound, rounded up, at \(claim.terms)"
    for sentence in [meaning, claim.caveat] {
      if let sentence, !sentences.contains(sentence) { sentences.append(sentence) }
    }
  }
  return sentences
}
