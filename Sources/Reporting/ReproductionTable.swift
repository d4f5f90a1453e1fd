internal import Accounting
internal import Foundation
public import Results

/// Published results and ours side by side, as aligned text.
public struct ReproductionTable: CustomStringConvertible {
  public let description: String

  public init(_ rows: [ReproductionRow]) {
    let header = [
      "published", "epsilon", "by", "theirs", "ours", "95 % interval", "n", "points",
      "ours by rdp-classic", "by rdp", "by pld", "seconds",
    ]
    var lines = [alignedColumns([header] + rows.map(cells))]
    let deltas = Set(rows.map(\.delta)).sorted().map { "\($0)" }.joined(separator: " or ")
    lines.append(
      "points: ours less theirs. Our epsilons: upper bounds, rounded up, at delta = \(deltas); those of a "
        + "row are for the same noise")
    lines += notes(on: rows.map(\.published))
    description = lines.joined(separator: "\n")
  }
}

private func cells(_ row: ReproductionRow) -> [String] {
  let theirs = [
    row.published.id, epsilonText(row.published.epsilon),
    row.published.accountant?.rawValue ?? "-", accuracyText(row.published),
  ]
  let ours = [
    percent(row.accuracyMean), interval(row.accuracyLower, row.accuracyUpper), String(row.n),
    // Adding 0 turns -0 into 0.
    String(format: "%+.2f", (10000 * row.difference).rounded() / 100 + 0),
  ]
  let prices = [row.prices.classicRDP, row.prices.rdp, row.prices.pld]
  return theirs + ours + prices.map { $0.map(upperBound) ?? "-" }
    + [String(format: "%.1f", row.seconds)]
}

/// What must be said with the numbers of papers, each thing once.
private func notes(on rows: [PublishedRow]) -> [String] {
  var notes: [(text: String, ids: [String])] = []
  for row in rows {
    for text in [row.confidence.warning, row.caution] {
      guard let text, !text.isEmpty else { continue }
      if let known = notes.firstIndex(where: { $0.text == text }) {
        notes[known].ids.append(row.id)
      } else {
        notes.append((text, [row.id]))
      }
    }
  }
  return notes.map { "\($0.ids.joined(separator: ", ")): \($0.text)" }
}

extension PublishedRow.Confidence {
  /// What must be said where the number was not read at its source.
  fileprivate var warning: String? {
    switch self {
    case .readInPaper: nil
    case .thirdParty: "theirs as another text reports it"
    case .recalled: "theirs from memory, not looked up"
    case .measured: "theirs is in no paper, but measured with another program"
    }
  }
}
