public import Accounting
internal import Foundation

/// All accountants side by side, the least upper bound first and those that refuse last.
public struct ComparisonTable: CustomStringConvertible {
  public let description: String

  public init(_ comparison: AccountantComparison) {
    let header = ["accountant", "epsilon", "excess", "order"]
    let priced = comparison.rows.compactMap { row in
      (try? row.answer.get()).map { (row: row, guarantee: $0) }
    }.sorted { $0.guarantee.epsilon.upper < $1.guarantee.epsilon.upper }
    let body = priced.map { row, guarantee in
      [
        row.accountant.rawValue,
        "<= \(OutwardDecimal.text(guarantee.epsilon.upper, rounded: .up))",
        comparison.excess(of: guarantee).map(Self.percentAbove) ?? "-",
        row.order.map { $0.isFinite ? String(format: "%.4g", $0) : "infinity" } ?? "-",
      ]
    }
    var lines = priced.isEmpty ? [] : [alignedColumns([header] + body)]
    for row in comparison.rows {
      if case .failure(let error) = row.answer {
        lines.append("\(row.accountant.rawValue) cannot: \(Self.reason(error))")
      }
    }
    if let estimate = comparison.centralLimitEstimate {
      lines.append(
        "central limit: about \(String(format: "%.4g", estimate)), an estimate, not a bound")
    }
    lines.append(
      "epsilon: upper bound, rounded up, at delta = \(comparison.delta); unit: "
        + "\(comparison.unit.rawValue); neighbors: \(comparison.relation.rawValue); sampling: "
        + comparison.sampling.rawValue)
    if let lower = comparison.greatestLower {
      lines.append(
        lower.epsilon > 0
          ? "excess: over epsilon >= \(OutwardDecimal.text(lower.epsilon, rounded: .down)), the lower "
            + "bound by \(lower.accountant.rawValue); no accountant can prove less"
          : "excess: unknown, since no lower bound above 0 was found")
    }
    description = lines.joined(separator: "\n")
  }

  /// Rounded up.
  private static func percentAbove(_ share: Double) -> String {
    share.isFinite ? String(format: "%.2f %%", (1e4 * share).rounded(.up) / 100) : "infinite"
  }

  private static func reason(_ error: AccountingError) -> String {
    guard case .unsupported(_, _, _, let reason) = error else { return error.description }
    return reason.description
  }
}
