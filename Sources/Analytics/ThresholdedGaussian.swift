public import Accounting
import Foundation
public import Randomness
import SpecialMath

/// Counts with Gaussian noise, of which only those above a threshold leave: a histogram over keys that
/// nobody knows beforehand (Korolova et al. 2009; Wilson et al. 2020; Gopi et al. 2020, "Differentially
/// Private Set Union", Theorem 5.1). Keys that no user holds are never released.
///
/// **Guarantee**, for neighbors of which one has a user more (or, under zero-out, has that user's keys
/// where the other has an empty set). Let `q` be ``failureProbability`` and `G` the Gaussian mechanism of
/// ``noiseMultiplier``. The release costs no more than `G` composed with an event that reveals the user
/// with probability `q`: with `h(x)` the hockey-stick divergence of `G` at `x = e^epsilon`, the
/// divergence at every `x` is at most `q + (1 - q) h(x)`, in both directions.
///
/// Let `D'` be `D` with the user, and `K` the user's keys that nobody in `D` holds, `t <= L` of them. The
/// chance `p` that `D'` releases one of `K` is at most `q`: each has the noise alone to lift it from its
/// weight above the threshold, independently, so that `p = 1 - Phi((T - w(t)) / sigma)^t`, and `q` is at
/// least the largest of these over `t`. All other counts are those of `G` at a distance of at most the
/// limit's norm, and independent of whether a key of `K` is released. Write `P` for the law of `D`'s
/// release and `U` for that of `D'` without `K`, which are laws of `G` after a function.
/// - From `D'` to `D`: `p + (1 - p) U(S) - x P(S) <= p + (1 - p) h(x)`.
/// - From `D` to `D'`: on releases without `K`, which are all that `D` has, `P(S) - x (1 - p) U(S)`. Call
///   its supremum `v`, reached at `S`. As `P(S) - x U(S) <= h(x)`, we have
///   `v <= h(x) + x p U(S) = h(x) + (P(S) - v) p / (1 - p)`, hence `v <= (1 - p) h(x) + p P(S)`.
///
/// Both are increasing in `p`, so that `q` may stand in its place. Under replace-one a user's keys may
/// vanish while another's appear, and `q` would count twice: that relation is refused where experiments
/// are read.
///
/// This is research randomness: floating-point Gaussian noise is not hardened against attacks on the
/// low bits of a count (Mironov 2012; Haney et al. 2022).
public struct ThresholdedGaussian: HistogramMechanism, Hashable {
  private let contributionLimit: ContributionLimit
  /// Standard deviation over the limit's norm; finite and above 0.
  public let noiseMultiplier: Double
  /// Bounds the chance that a user's presence shows in a key that it alone holds; in (0, 1).
  public let failureProbability: Double
  /// The least noised count that is released.
  public let threshold: Double

  /// With the least threshold that keeps to the failure probability.
  public init(limit: ContributionLimit, noiseMultiplier: Double, failureProbability: Double) {
    precondition(
      noiseMultiplier > 0 && (noiseMultiplier * limit.norm).isNormal,
      "a noise multiplier must be positive, and its noise neither vanish nor overflow")
    precondition(
      failureProbability > 0 && failureProbability < 1, "a failure probability lies in (0, 1)")
    contributionLimit = limit
    self.noiseMultiplier = noiseMultiplier
    self.failureProbability = failureProbability
    let deviation = noiseMultiplier * limit.norm
    let (_, least) = MonotoneSearch.bisect(
      0...(limit.norm + 40 * deviation), relativeTolerance: 0x1p-40
    ) { threshold in
      Self.failureProbability(threshold: threshold, limit: limit, standardDeviation: deviation)
        * (1 + 0x1p-40) <= failureProbability
    }
    threshold = least
  }

  public var limit: ContributionLimit? { contributionLimit }

  /// Absolute, on the counts.
  public var noiseStandardDeviation: Double { noiseMultiplier * contributionLimit.norm }

  public var event: PrivacyEvent {
    Self.event(noiseMultiplier: noiseMultiplier, failureProbability: failureProbability)
  }

  /// What a release costs, whatever a user may contribute.
  public static func event(
    noiseMultiplier: Double, failureProbability: Double
  ) -> PrivacyEvent {
    .composed([
      .gaussian(noiseMultiplier: noiseMultiplier), .failure(probability: failureProbability),
    ])
  }

  /// The chance that a user whose keys nobody else holds has one released, for the number of keys up to
  /// the limit for which it is largest.
  ///
  /// `max over t in 1...L of 1 - Phi((threshold - w(t)) / sigma)^t`, with `w(t)` a key's weight.
  static func failureProbability(
    threshold: Double, limit: ContributionLimit, standardDeviation: Double
  ) -> Double {
    // With equal weights the chance grows with every key.
    let counts =
      limit.weights == .one ? limit.keysPerUser...limit.keysPerUser : 1...limit.keysPerUser
    return counts.reduce(0) { largest, keyCount in
      let excess = (threshold - limit.weight(ofOneOf: keyCount)) / standardDeviation
      let oneIsReleased = StandardNormal.upperTail(excess)
      return max(largest, -expm1(Double(keyCount) * log1p(-oneIsReleased)))
    }
  }

  public func release<Key>(
    _ histogram: consuming UserHistogram<Key>, noise: StreamKey
  ) -> PrivateHistogram<Key> {
    precondition(histogram.limit == contributionLimit, "a histogram made for other noise")
    var stream = RandomStream(noise)
    var released: [(key: Key, count: Double)] = []
    // In the order of the keys, so that the noise does not depend on hashing.
    for (key, count) in histogram.counts.sorted(by: { $0.key < $1.key }) {
      let noised = count + stream.gaussian(standardDeviation: noiseStandardDeviation)
      if noised >= threshold { released.append((key, noised)) }
    }
    return PrivateHistogram(ReleasedHistogram(released), event: event)
  }
}
