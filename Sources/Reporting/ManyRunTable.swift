internal import Accounting
internal import Foundation
public import Results

/// What many runs prove about each epsilon, beside what accounting says of it, as aligned text.
public struct ManyRunTable: CustomStringConvertible {
  public let description: String

  /// - Parameter rows: one or more, of one audit.
  public init(_ rows: [ManyRunRow]) {
    let header = [
      "setting", "adversary sees", "by", "false alarms", "misses", "audited epsilon",
      "accounted epsilon", "verdict",
    ]
    let body = rows.map { row in
      [
        shortLabel(row.sweep), row.view.words, row.method.rawValue,
        "\(row.falseAlarmCount)/\(row.withoutCount)", "\(row.missCount)/\(row.withCount)",
        ">= \(OutwardDecimal.text(row.epsilonAudited, rounded: .down))",
        upperBound(row.claim.epsilonUpper), row.refutes ? "REFUTED" : "holds",
      ]
    }
    description = ([alignedColumns([header] + body, flushLeft: 3)] + Self.notes(on: rows))
      .joined(separator: "\n")
  }

  private static func notes(on rows: [ManyRunRow]) -> [String] {
    let row = rows[0]
    var notes = claims(of: rows.map(\.claim))
    notes.append(
      "audited: a lower bound, rounded down, at the same delta, unit, neighbors and sampling; each by "
        + "itself is right at confidence \(row.confidence)")
    notes.append(
      "runs: \(row.runs / 2) on one example alone and \(row.runs - row.runs / 2) on none; the first half "
        + "of each chose the threshold, the errors are those of the second")
    let share = rows.map(\.canaryShare).min() ?? 0
    notes.append(
      String(
        format:
          "the example, when drawn, contributes %.4g of the clipping norm or more, on average over "
          + "runs and rounds; 1 is the worst case", share))
    notes.append("clopper-pearson: of any mechanism (Jagielski, Ullman & Oprea 2020)")
    if rows.contains(where: { $0.method == .gaussianDP }) {
      notes.append(
        "gaussian-dp: of Gaussian noise without sampling, whose trade-off is known up to one number "
          + "(Nasr et al. 2023)")
    }
    return notes
  }
}

extension ManyRunRow.View {
  fileprivate var words: String {
    switch self {
    case .everyRelease: "every release"
    case .lastModel: "the last model"
    }
  }
}
