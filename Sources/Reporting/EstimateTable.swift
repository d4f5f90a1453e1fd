internal import Accounting
internal import Foundation
public import Results

/// What a sweep is expected to take, and how much noise each of its settings was found to need.
public struct EstimateTable: CustomStringConvertible {
  public struct Row {
    let sweep: String
    let targetEpsilon: Double?
    let claim: PrivacyClaim
    let seconds: Double?

    /// - Parameters:
    ///   - targetEpsilon: nil where the noise was given, or none.
    ///   - seconds: of one trial.
    public init(sweep: String, targetEpsilon: Double?, claim: PrivacyClaim, seconds: Double?) {
      self.sweep = sweep
      self.targetEpsilon = targetEpsilon
      self.claim = claim
      self.seconds = seconds
    }
  }

  public let description: String

  /// - Parameters:
  ///   - dataSeconds: to read the data.
  ///   - trainingSeconds: for all trials.
  ///   - memory: bytes at most.
  public init(
    _ rows: [Row], trials: Int, threads: Int, dataSeconds: Double, trainingSeconds: Double,
    memory: Int
  ) {
    let header = ["setting", "target epsilon", "noise multiplier", "epsilon", "time a trial"]
    let body = rows.map { row in
      [
        shortLabel(row.sweep), row.targetEpsilon.map { "\($0)" } ?? "-",
        row.claim.hasNoise ? String(format: "%.4g", row.claim.noiseMultiplier) : "no noise",
        upperBound(row.claim.epsilonUpper), row.seconds.map(durationText) ?? "-",
      ]
    }
    let total = durationText(dataSeconds + trainingSeconds)
    let noun = trials == 1 ? "trial" : "trials"
    description =
      ([
        "estimate: \(total) for \(trials) \(noun) on \(threads) "
          + "\(threads == 1 ? "thread" : "threads") (\(durationText(dataSeconds)) to read the data), "
          + "\(megabytes(memory)) of memory", "",
        alignedColumns([header] + body),
      ] + claims(of: rows.map(\.claim))).joined(separator: "\n")
  }
}

private func megabytes(_ bytes: Int) -> String { "\((bytes + 999_999) / 1_000_000) MB" }
