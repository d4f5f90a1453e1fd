internal import SpecialMath

/// The least number of values for which Student's interval of their mean is no wider than wanted, if
/// their standard deviation stays what it is: the least n >= 2 with t(n - 1) s / sqrt(n) <= halfWidth.
///
/// The standard deviation is itself an estimate, so about every second try ends a little wider.
///
/// - Parameters:
///   - standardDeviation: of one value; at least 0.
///   - halfWidth: positive.
/// - Returns: nil where it is above ``mostReplicates``.
public func replicatesNeeded(
  standardDeviation: Double, halfWidth: Double, confidence: Confidence
) -> Int? {
  precondition(standardDeviation >= 0 && halfWidth > 0, "a spread and a width to reach")
  func isEnough(_ count: Int) -> Bool {
    standardDeviation
      * studentQuantile(upperTail: confidence.upperTail, degreesOfFreedom: Double(count - 1))
      <= halfWidth * Double(count).squareRoot()
  }
  // The quantile falls and the root rises: once there are enough, more are enough.
  var (tooFew, enough) = (1, 2)
  while !isEnough(enough) {
    guard enough < mostReplicates else { return nil }
    (tooFew, enough) = (enough, min(2 * enough, mostReplicates))
  }
  while enough - tooFew > 1 {
    let middle = (tooFew + enough) / 2
    if isEnough(middle) { enough = middle } else { tooFew = middle }
  }
  return enough
}

public let mostReplicates = 1_000_000_000

/// The standard error that drawing other examples would add to a share of them: sqrt(p (1 - p) / n).
///
/// - Parameters:
///   - share: in [0, 1].
///   - exampleCount: positive; the examples are independent.
public func samplingError(ofShare share: Double, exampleCount: Int) -> Double {
  precondition((0...1).contains(share) && exampleCount > 0, "a share of examples")
  return (share * (1 - share) / Double(exampleCount)).squareRoot()
}
