internal import Foundation
internal import Statistics

/// A share of all examples in percentage points, with its sign; adding 0 turns -0 into 0.
func signedPoints(_ share: Double) -> String {
  String(format: "%+.2f", (10000 * share).rounded() / 100 + 0)
}

func signedPoints(_ interval: Interval?) -> String {
  guard let interval else { return "-" }
  return "\(signedPoints(interval.lower)) .. \(signedPoints(interval.upper))"
}

/// An error, in percentage points.
func points(_ share: Double?) -> String { share.map { String(format: "%.2f", 100 * $0) } ?? "-" }

/// Two digits are more than a probability of a tail is good for.
func pValueText(_ value: Double?) -> String { value.map { String(format: "%.2g", $0) } ?? "-" }

/// `95`, `99.9`.
func percentText(_ confidence: Confidence) -> String {
  String(format: "%.6g", 100 * confidence.level)
}
