internal import Accounting
internal import Foundation
public import Results

/// The table that people came for, as aligned text.
public struct TradeoffTable: CustomStringConvertible {
  public let description: String

  /// - Parameter measure: what the column of accuracies holds.
  public init(_ rows: [TradeoffRow], evaluationSplit: String, measure: String = "accuracy") {
    let header = [
      "setting", "epsilon", "by rdp", "noise multiplier", "\(evaluationSplit) \(measure)",
      "95 % interval", "n",
    ]
    let body = rows.map { row in
      [
        shortLabel(row.sweep),
        upperBound(row.claim.epsilonUpper),
        row.claim.epsilonUpperRDP.map(upperBound) ?? "-",
        row.claim.hasNoise ? String(format: "%.4g", row.claim.noiseMultiplier) : "no noise",
        percent(row.accuracyMean),
        row.accuracyLower.flatMap { lower in
          row.accuracyUpper.map { "\(percent(lower)) .. \(percent($0))" }
        } ?? "-",
        String(row.n),
      ]
    }
    description = ([alignedColumns([header] + body)] + claims(of: rows)).joined(separator: "\n")
  }
}

private func upperBound(_ epsilon: Double) -> String {
  epsilon.isFinite ? "<= \(OutwardDecimal.text(epsilon, rounded: .up))" : "inf"
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

/// What every epsilon of the table means, once for each meaning that occurs.
private func claims(of rows: [TradeoffRow]) -> [String] {
  var sentences: [String] = []
  for claim in rows.map(\.claim) where claim.isPrivate {
    let meaning = "epsilon: upper bound, rounded up, at \(claim.terms)"
    for sentence in [meaning, claim.caveat] {
      if let sentence, !sentences.contains(sentence) { sentences.append(sentence) }
    }
  }
  return sentences
}
