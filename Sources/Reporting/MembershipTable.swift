internal import Foundation
public import Results

/// What attacks on membership reach in each setting, as aligned text.
public struct MembershipTable: CustomStringConvertible {
  public let description: String

  /// - Parameter rows: one or more, of one audit.
  public init(_ rows: [MembershipRow]) {
    let rates = MembershipMeasures.falsePositiveRates.map { String(format: "%.4g %%", 100 * $0) }
    let header =
      ["setting", "epsilon", "on members", "on \(rows[0].evaluationSplit)", "attack", "AUC"]
      + ["balanced"] + rates.map { "TPR at \($0)" }
    var lines = [header]
    for row in rows {
      let knowledge = [
        shortLabel(row.sweep), upperBound(row.claim.epsilonUpper), percent(row.memberAccuracy),
        percent(row.heldOutAccuracy),
      ]
      lines.append(knowledge + ["lira"] + Self.cells(row.lira))
      let blank = ["", "", "", ""]
      lines.append(blank + ["loss threshold"] + Self.cells(row.lossThreshold))
      if let limit = row.limit {
        lines.append(
          blank + ["any, at most", "", Self.most(limit.balancedAccuracy)]
            + limit.truePositiveRates.map(Self.most))
      }
    }
    description = ([alignedColumns(lines)] + Self.notes(on: rows)).joined(separator: "\n")
  }

  private static func cells(_ measures: MembershipMeasures) -> [String] {
    [String(format: "%.4f", measures.area), percent(measures.balancedAccuracy)]
      + measures.rates.map {
        String(format: "%.2f +- %.2f %%", 100 * $0.value, 100 * $0.standardError)
      }
  }

  /// Rounded up.
  private static func most(_ share: Double) -> String {
    String(format: "%.2f %%", (share * 1e4 * (1 - 1e-12)).rounded(.up) / 1e2)
  }

  private static func notes(on rows: [MembershipRow]) -> [String] {
    let row = rows[0]
    var notes = claims(of: rows.map(\.claim))
    notes.append(
      "lira: likelihood ratios, online, one query, \(row.variance) variances (Carlini et al. 2022); "
        + "each of \(row.shadowModels) models, trained on half of the examples by fair coins, is "
        + "attacked by the others on \(row.targets) examples")
    notes.append("loss threshold: one for all examples (Yeom et al. 2018)")
    notes.append(
      "TPR at: true positives at that rate of false ones, +- a standard error over models; balanced: the "
        + "best balanced accuracy, its threshold chosen by these scores")
    if rows.contains(where: { $0.limit != nil }) {
      notes.append(
        "any, at most: by the trade-off function of the guarantee (Dong, Roth & Su 2022); an attack "
          + "that is above it, and not by chance, would refute the guarantee")
    }
    notes.append(
      "the attacks know who took part: no guarantee covers what this audit says of the data")
    return notes
  }
}
