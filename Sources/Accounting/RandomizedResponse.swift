import Foundation
import SpecialMath

/// One unit's randomized report against that of its neighbor.
///
/// Of k buckets, the unit's own is reported with probability h = 1 - p + p / k, and each other with
/// probability l = p / k (Warner 1965 for two buckets).
struct RandomizedResponse: Hashable {
  /// p, the probability of a uniformly random report, in (0, 1].
  let noiseParameter: Double
  /// k, 2 or greater.
  let bucketCount: Int
  let neighbor: Neighbor

  enum Neighbor: Hashable {
    /// The neighbor is in another bucket.
    case anotherBucket
    /// The neighbor's report is random in any case.
    case uniformReport
  }

  /// The largest privacy loss, either way round.
  var pureEpsilon: Double { renyiCurve.divergence(order: .infinity) }

  var renyiCurve: FiniteRenyi { FiniteRenyi(directions: directions) }

  /// The outcomes that are likelier for the unit than for its neighbor, or the other way round.
  var likelierOutcomes: [FiniteRenyi.Outcome] { directions.joined().filter { $0.logRatio > 0 } }

  /// Against another bucket both ways round are alike; reports of third buckets tell nothing.
  private var directions: [[FiniteRenyi.Outcome]] {
    switch neighbor {
    case .anotherBucket:
      [
        [
          .init(logProbability: logOtherBucket, logRatio: lossAgainstAnotherBucket),
          .init(logProbability: logOwnBucket, logRatio: -lossAgainstAnotherBucket),
        ]
      ]
    case .uniformReport:
      [
        [
          .init(logProbability: -log(buckets), logRatio: logOwnOverUniform),
          .init(logProbability: log1p(-1 / buckets), logRatio: log(noiseParameter)),
        ],
        [
          .init(logProbability: logOwnBucket, logRatio: -logOwnOverUniform),
          .init(
            logProbability: log1p(-1 / buckets) + log(noiseParameter),
            logRatio: -log(noiseParameter)),
        ],
      ]
    }
  }

  private var buckets: Double { Double(bucketCount) }
  /// log h.
  private var logOwnBucket: Double { log1p(-noiseParameter * (1 - 1 / buckets)) }
  /// log l.
  private var logOtherBucket: Double { log(noiseParameter) - log(buckets) }
  /// log(h / l) = log(1 + k (1 - p) / p).
  private var lossAgainstAnotherBucket: Double {
    LogSpace.logOnePlusExp(log1p(-noiseParameter) + log(buckets) - log(noiseParameter))
  }
  /// log(h k).
  private var logOwnOverUniform: Double { log1p((buckets - 1) * (1 - noiseParameter)) }
}
