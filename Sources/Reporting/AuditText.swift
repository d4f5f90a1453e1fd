internal import Accounting
internal import Foundation
internal import Results

/// What audits certify, in words for tables and below them.
enum AuditText {
  /// `>= 1.67`, rounded down.
  static func lowerBound(_ audit: SettingAudit?) -> String {
    audit.map { ">= \(OutwardDecimal.text($0.epsilonLower, rounded: .down))" } ?? "-"
  }

  static func estimate(_ audit: SettingAudit?) -> String {
    audit?.epsilonEstimate.map { String(format: "%.2f", $0) } ?? "-"
  }

  /// What the column means, once for each meaning that occurs.
  static func meanings(of rows: [TradeoffRow]) -> [String] {
    var sentences: [String] = []
    for row in rows {
      guard let audit = row.audit else { continue }
      let confidence = String(format: "%g", 100 * audit.confidence)
      let meaning =
        "audited: what ran guarantees no epsilon below this at delta = \(row.claim.delta), with "
        + "\(confidence) % confidence each, by \(audit.guessCount) guesses about \(audit.canaryCount) "
        + "canaries in \(row.n) \(row.n == 1 ? "run" : "runs")"
      if !sentences.contains(meaning) { sentences.append(meaning) }
      if audit.epsilonEstimate != nil, !sentences.contains(estimateMeaning) {
        sentences.append(estimateMeaning)
      }
    }
    return sentences
  }

  static let estimateMeaning =
    "estimate: of epsilon, by the cosines of canaries, and no bound: it holds at no confidence"
}
