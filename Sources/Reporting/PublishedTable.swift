internal import Accounting
internal import Foundation
public import Results

/// Published results, paper by paper, as aligned text.
public struct PublishedTable: CustomStringConvertible {
  public let description: String

  public init(_ rows: [PublishedRow]) {
    let header = [
      "id", "where", "data set", "method", "epsilon", "accountant", "accuracy", "known by",
      "experiment",
    ]
    let body = rows.map { row in
      [
        "  \(row.id)", row.place, row.dataset, row.method, epsilonText(row.epsilon),
        row.accountant?.rawValue ?? "-", accuracyText(row), confidenceText(row.confidence),
        row.experiment ?? "-",
      ]
    }
    let lines = alignedLines([header] + body, flushLeft: 4)
    var text = [lines[0]]
    for (index, row) in rows.enumerated() {
      let heading = "\(row.paper) (\(row.source))"
      if index == 0 || heading != "\(rows[index - 1].paper) (\(rows[index - 1].source))" {
        text += ["", heading]
      }
      text.append(lines[index + 1])
    }
    let reproducible = rows.filter { $0.experiment != nil }.count
    text += [
      "",
      "\(rows.count) published results, \(reproducible) with an experiment. An epsilon says what its "
        + "accountant says: - is not known.",
    ]
    description = text.joined(separator: "\n")
  }
}

/// As papers print it.
func epsilonText(_ epsilon: Double) -> String {
  epsilon.isFinite ? String(format: "%.4g", epsilon) : "inf"
}

/// With its spread, if one is printed.
func accuracyText(_ row: PublishedRow) -> String {
  percent(row.accuracy) + (row.spreadPoints.map { " +- \($0)" } ?? "")
}

func confidenceText(_ confidence: PublishedRow.Confidence) -> String {
  confidence.rawValue.replacingOccurrences(of: "-", with: " ")
}
