internal import Accounting
internal import Foundation
internal import Results

/// Rows of results for a page or a paper, with all that gives their epsilons a meaning below.
struct SettingTable {
  let table: Table

  /// A row, and the run that it is of where there are several.
  typealias Entry = (run: String?, row: TradeoffRow)

  init(
    _ entries: [Entry], name: String, subject: String, evaluationSplit: String, measure: String
  ) {
    let rows = entries.map(\.row)
    let meanings = Meanings(rows.map(\.claim))
    let links = linkColumns(of: rows)
    let audits = auditColumns(of: rows)
    let isPricedByRDP = rows.contains { $0.claim.epsilonUpperRDP?.isFinite ?? false }
    let hasRuns = entries.contains { $0.run != nil }
    let columns: [Table.Column] =
      (hasRuns ? [.text("experiment")] : []) + [
        .text("setting"), .number("ε"),
      ] + (isPricedByRDP ? [.number("ε by rdp")] : []) + [
        .number("noise multiplier"), .number("\(evaluationSplit) \(measure)"),
        .number("95 % interval"), .number("n"),
      ] + audits.map { .number(Prose($0.title)) } + links.map { .number(Prose($0.title)) }
      + (meanings.isOne ? [] : [.text("terms")])
    let body = entries.map { run, row in
      let cells: [String] =
        (hasRuns ? [run ?? ""] : []) + [
          shortLabel(row.sweep), Self.bound(row.claim.epsilonUpper),
        ] + (isPricedByRDP ? [row.claim.epsilonUpperRDP.map(Self.bound) ?? "–"] : []) + [
          row.claim.hasNoise ? String(format: "%.4g", row.claim.noiseMultiplier) : "no noise",
          percent(row.accuracyMean), Self.interval(row), String(row.n),
        ] + audits.map { Self.audited($0, row) } + links.map { $0.text(row.links) }
        + (meanings.isOne ? [] : [meanings.letter(of: row.claim) ?? "–"])
      return cells.map { Prose($0) }
    }
    table = Table(
      name: name,
      caption: "\(sentence(evaluationSplit)) \(measure) and price in privacy of \(subject)",
      columns: columns, rows: body,
      notes: meanings.notes + Self.notes(on: rows, measure: measure)
        + AuditText.meanings(of: rows).map { "\(sentence($0))." }, isResult: true)
  }

  private static func bound(_ epsilon: Double) -> String {
    epsilon.isFinite ? "≤ \(OutwardDecimal.text(epsilon, rounded: .up))" : "infinite"
  }

  private static func audited(_ column: AuditColumn, _ row: TradeoffRow) -> String {
    column.text(row.audit).replacingOccurrences(of: ">=", with: "≥")
  }

  private static func interval(_ row: TradeoffRow) -> String {
    guard let lower = row.accuracyLower, let upper = row.accuracyUpper else { return "–" }
    return String(format: "%.2f – %.2f %%", 100 * lower, 100 * upper)
  }

  private static func notes(on rows: [TradeoffRow], measure: String) -> [Prose] {
    var notes: [Prose] = []
    if rows.contains(where: { $0.claim.epsilonUpperRDP?.isFinite ?? false }) {
      notes.append("ε by rdp: what Rényi divergences prove for the same releases and the same δ.")
    }
    notes.append(
      rows.contains { $0.n > 1 }
        ? "\(sentence(measure)): mean of n replicates, with a 95 % Student interval of that mean."
        : "\(sentence(measure)): of a single run, so there is no interval.")
    return notes
  }
}

/// What epsilons mean, once for each meaning that occurs.
private struct Meanings {
  private let terms: [String]
  private let caveats: [String]

  init(_ claims: [PrivacyClaim]) {
    var terms: [String] = []
    var caveats: [String] = []
    for claim in claims where claim.isPrivate {
      if !terms.contains(claim.terms) { terms.append(claim.terms) }
      if let caveat = claim.caveat, !caveats.contains(caveat) { caveats.append(caveat) }
    }
    self.terms = terms
    self.caveats = caveats
  }

  var isOne: Bool { terms.count <= 1 }

  func letter(of claim: PrivacyClaim) -> String? {
    guard claim.isPrivate else { return nil }
    return terms.firstIndex(of: claim.terms).map(Self.letter)
  }

  var notes: [Prose] {
    let meanings: [Prose] =
      isOne
      ? terms.map { "ε: upper bound, rounded up, at \($0)." }
      : ["ε: upper bound, rounded up, at the terms that its row names."]
        + terms.enumerated().map { "\(strong: Self.letter($0)): \($1)." }
    return meanings + caveats.map { "\(sentence($0))." }
  }

  /// A to Z, then AA.
  private static func letter(_ index: Int) -> String {
    let last = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))
    return index < 26 ? last : letter(index / 26 - 1) + last
  }
}
