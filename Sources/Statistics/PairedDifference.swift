/// The second of two things less the first, pair by pair: what a pair shares, such as its cohorts and
/// initial weights, cancels.
public struct PairedDifference: Hashable, Sendable {
  public let differences: Sample

  /// - Precondition: as many values of both, at least one, in the order of their pairs.
  public init(from first: [Double], to second: [Double]) {
    precondition(first.count == second.count, "values come in pairs")
    differences = Sample(zip(first, second).map { $1 - $0 })
  }

  /// The mean of the differences.
  public var estimate: Double { differences.mean }

  /// nil for a single pair.
  public var standardError: Double? { differences.standardError }

  /// Of the mean difference; nil for a single pair.
  public func interval(_ method: IntervalMethod, confidence: Confidence) -> Interval? {
    differences.interval(method, confidence: confidence)
  }

  /// Of Student's two-sided test that the mean difference is 0; nil for a single pair.
  public var pValue: Double? {
    standardError.map {
      studentPValue(
        estimate: estimate, standardError: $0, degreesOfFreedom: Double(differences.count - 1))
    }
  }

  /// Of the exact test that the differences are as likely to fall on one side of 0 as on the other: the
  /// share of all choices of their signs that bring the sum at least as far from 0 (Fisher, The Design of
  /// Experiments, 1935, section 21). It assumes no distribution, and with n pairs is at least 2^(1 - n).
  ///
  /// nil for a single pair, and for more than ``mostFlips``, whose signs are too many to go through.
  public var signFlipPValue: Double? {
    let values = differences.values.map(abs)
    guard (2...Self.mostFlips).contains(values.count) else { return nil }
    let total = values.reduce(0, +)
    guard total > 0 else { return 1 }
    // Sums that are equal but for rounding are as far from 0.
    let far = abs(differences.values.reduce(0, +)) - 1e-12 * total
    // The other half of the choices mirrors the half in which the first sign is plus.
    var sums = [values[0]]
    for value in values.dropFirst() {
      sums = sums.flatMap { [$0 + value, $0 - value] }
    }
    return Double(sums.count { abs($0) >= far }) / Double(sums.count)
  }

  static let mostFlips = 20
}
