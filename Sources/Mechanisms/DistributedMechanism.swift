public import Accounting
public import LinearAlgebra
public import Randomness

/// Noise that nobody adds alone: contributions are encoded as whole numbers, several contributors add a
/// share of the noise to them, and secure aggregation shows the sum modulo 2^bits and nothing else
/// (Kairouz, Liu & Steinke 2021; Agarwal, Kairouz & Liu 2021).
///
/// **Who makes the noise.** A public number of contributors, at least
/// ``DistributedNoise/contributorCount`` of them in every round, whether or not they are in the cohort:
/// a cohort that is drawn at random may be empty, and noise that came with its members would tell how
/// many they are. Fewer survivors mean that the round is repeated with others and nothing is released;
/// more only add noise. The simulation draws exactly that many shares, which is the worst case. Drawn
/// cohorts amplify against whoever sees the sum alone; a server that runs the aggregation must not learn
/// from who sends what, so everybody who may be drawn sends, zeros if not drawn.
///
/// **What is not simulated** are the masks: they cancel in the sum, which is all that is used here.
public struct DistributedMechanism: NoiseMechanism {
  public let encoding: GridEncoding
  public let noise: DistributedNoise
  public let rule: ClippingRule

  public init(
    encoding: GridEncoding, noise: DistributedNoise, rule: ClippingRule = .flat
  ) throws(DistributedNoiseError) {
    guard noise.shares.contains(noise.share) else {
      throw .shareOutOfRange(given: noise.share, allowed: noise.shares)
    }
    self.encoding = encoding
    self.noise = noise
    self.rule = rule
  }

  public var event: PrivacyEvent { noise.event(encoding.sensitivity) }

  public var bound: ContributionBound {
    .clipped(toNorm: encoding.clippingNorm, by: rule)
  }

  public var form: ContributionForm? { .encoded(encoding) }

  public func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise key: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    precondition(sum.bound == bound && sum.form == form, "a sum made for other noise")
    precondition(sum.isOpen(for: key), "the rotation comes from the key that opened the sum")
    sum.close()
    var total = sum.total.map { Int($0) }
    addShares(to: &total, key: key, workers: workers)
    sum.empty()
    return update(total, expectedCohortSize: expectedCohortSize, key: key)
  }

  private func update(
    _ total: [Int], expectedCohortSize: Double, key: StreamKey
  ) -> PrivateUpdate {
    precondition(expectedCohortSize > 0, "the expected cohort size must be positive")
    let mean = encoding.decoded(
      total, rotation: encoding.rotation(key.child(.rotation)), divisor: expectedCohortSize)
    return PrivateUpdate(Release(mean: mean), event: event)
  }

  /// Whole numbers add up to the same in any order.
  private func addShares(to total: inout [Int], key: StreamKey, workers: Workers) {
    let count = noise.contributorCount
    let lanes = (0..<min(workers.count, count)).map { _ in NoiseLane(dimension: total.count) }
    workers.run(parts: lanes.count) { _, lane in
      for contributor in (count * lane / lanes.count)..<(count * (lane + 1) / lanes.count) {
        var stream = shareStream(of: contributor, key: key)
        noise.addShare(to: &lanes[lane].total, from: &stream)
      }
    }
    for lane in lanes {
      for index in total.indices { total[index] += lane.total[index] }
    }
  }

  private func shareStream(of contributor: Int, key: StreamKey) -> RandomStream {
    RandomStream(key.child(.noise, UInt64(contributor)))
  }

  /// A part of the noise.
  private final class NoiseLane {
    var total: [Int]

    init(dimension: Int) { total = [Int](repeating: 0, count: dimension) }
  }
}

/// The parts that a protocol for secure aggregation carries. All vectors have
/// ``GridEncoding/gridDimension`` elements modulo 2^bits.
extension DistributedMechanism {
  /// What a member of the cohort hands to the aggregation: its contribution without noise.
  ///
  /// - Parameters:
  ///   - layers: where the model's layers lie, which ``ClippingRule/perLayer`` clips apart.
  ///   - unit: who it is; one contribution a round.
  ///   - key: the round's, which sets the rotation that all share.
  public func message(
    of update: [Float], layers: [Range<Int>], weight: Double = 1, from unit: Int,
    round key: StreamKey
  ) -> [UInt64] {
    let sum = makeSum(layers: layers)
    prepare(sum, noise: key)
    sum.add(clipping: update, weight: weight, from: unit)
    return sum.total.map { encoding.residue(Int($0)) }
  }

  /// What a contributor, from 0, adds to its own message, or to zeros.
  public func noiseShare(of contributor: Int, round key: StreamKey) -> [UInt64] {
    var total = [Int](repeating: 0, count: encoding.gridDimension)
    var stream = shareStream(of: contributor, key: key)
    noise.addShare(to: &total, from: &stream)
    return total.map(encoding.residue)
  }

  /// The release that a sum modulo 2^bits stands for.
  ///
  /// - Parameter modularSum: of all messages and the shares of at least
  ///   ``DistributedNoise/contributorCount`` contributors, as the aggregation gave it: the event is that
  ///   of a sum with this noise.
  public func release(
    modularSum: [UInt64], expectedCohortSize: Double, round key: StreamKey
  ) -> PrivateUpdate {
    precondition(modularSum.count == encoding.gridDimension, "one element a coordinate")
    return update(
      modularSum.map(encoding.centered), expectedCohortSize: expectedCohortSize, key: key)
  }
}
