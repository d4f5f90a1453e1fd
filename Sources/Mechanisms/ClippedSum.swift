public import LinearAlgebra
internal import Randomness

/// What happened to one contribution. Sensitive: it may leave only as a `diagnostic_` value.
public struct ClipOutcome: Hashable, Sendable {
  /// Euclidean norm before clipping; not finite for an update that is not.
  public let norm: Double
  /// Whether it was longer than the bound allows, or one of its layers was.
  public let wasClipped: Bool

  public init(norm: Double, wasClipped: Bool) {
    self.norm = norm
    self.wasClipped = wasClipped
  }
}

/// The sum of clipped contributions before noise. Nobody outside this target can read it; its one way
/// out is ``NoiseMechanism/release(_:expectedCohortSize:noise:workers:)``, once a round: that empties it,
/// and only ``NoiseMechanism/prepare(_:noise:)`` opens it again. What else happens to a
/// contribution before it is added is its ``ContributionForm``.
///
/// **Sensitivity.** With a clipping norm `C`, adding or removing one contribution moves the sum by at
/// most `C` in Euclidean norm, floating point included:
/// - The norm is computed in Double with relative error below `2^-31` for up to `2^22` elements;
///   contributions are scaled to at most `C * (1 - 2^-30)`.
/// - Each scaled element is cut *towards zero* to a multiple of `grid`, a power of two below
///   `C * 2^-30`, which can only lower the norm.
/// - Multiples of `grid` below `2^53 * grid` add exactly in Double: for up to `2^22` contributions no
///   addition rounds. Then the sum does not depend on the order, and no
///   contribution changes how another is rounded (Casacuberta et al. 2022 show how it otherwise may).
///
/// Gradients that are clipped where they arise, and summed in Float, come in through
/// ``add(shards:outcomes:workers:)``, with a slack of their own.
///
/// A contribution that is not finite counts as zero.
public final class ClippedSum {
  public private(set) var bound: ContributionBound
  /// Nil where contributions are added as they are.
  public let form: ContributionForm?
  /// Where the layers lie that a rule may clip apart; together they fill the sum.
  public let layers: [Range<Int>]
  /// Elements of an update.
  public let dimension: Int
  private(set) var total: [Double]
  /// Nil until a round begins, and where contributions have no form.
  private var round: ContributionRound?
  /// Whether `total` still holds what was released: the next contribution takes its place.
  private var isSpent = false
  private var isReleased = false
  private(set) var contributionCount = 0
  /// Contributions within the bound as they came.
  private(set) var unclippedCount = 0

  static let largestContributionCount = 1 << 22
  static let largestDimension = 1 << 22

  public init(
    layers: [Range<Int>], bound: ContributionBound, form: ContributionForm? = nil
  ) {
    dimension = layers.last?.upperBound ?? 0
    precondition(
      dimension <= Self.largestDimension,
      "the proof of the clipping slack covers \(Self.largestDimension) elements")
    precondition(
      zip(layers, layers.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound }
        && layers.first?.lowerBound == 0, "layers fill the sum without gaps")
    self.bound = bound
    if case .encoded(let encoding) = form {
      precondition(encoding.dimension == dimension, "an encoding of updates of another length")
    }
    self.layers = layers
    self.form = form
    total = [Double](repeating: 0, count: form?.sumDimension(of: dimension) ?? dimension)
  }

  /// The sum of 1/2 for every contribution that was within the bound and -1/2 for every other, which
  /// one contribution moves by exactly 1/2.
  var unclippedBalance: Double { Double(unclippedCount) - Double(contributionCount) / 2 }

  /// An empty sum with the same bound: contributions that another thread collects.
  public func makePart() -> ClippedSum {
    let part = ClippedSum(layers: layers, bound: bound, form: form)
    part.round = round
    return part
  }

  /// Gives an empty part the bound and the random choices of this round's sum.
  public func prepare(for sum: ClippedSum) {
    precondition(
      contributionCount == 0 && layers == sum.layers && form == sum.form,
      "an empty part of this sum")
    bound = sum.bound
    round = sum.round
  }

  /// Adds what a part has collected, and empties it.
  public func add(_ part: ClippedSum) {
    precondition(
      part.bound == bound && part.layers == layers && part.form == form, "a part of another sum")
    count(part.contributionCount, unclipped: part.unclippedCount)
    if part.contributionCount > 0 {
      clearIfSpent()
      LinearAlgebra.add(part.total, to: &total)
    }
    part.empty()
  }

  /// Adds one unit's contribution, clipped to the bound and then weighed.
  ///
  /// - Parameters:
  ///   - weight: in [0, 1], so that the bound holds. It may depend on the unit's own data.
  ///   - unit: whose it is, once a round. Needed where contributions have a form, which is random for each.
  @discardableResult
  public func add(
    clipping update: [Float], weight: Double = 1, from unit: Int? = nil
  ) -> ClipOutcome {
    precondition(update.count == dimension, "one element a parameter")
    precondition((0...1).contains(weight), "a weight is in [0, 1]")
    clearIfSpent()
    let outcome: ClipOutcome
    if let form {
      guard let unit, let round else {
        preconditionFailure("a contribution that has a form needs its unit and a prepared sum")
      }
      var clipped = [Double](repeating: 0, count: dimension)
      outcome = clip(update, weight: weight, addingTo: &clipped)
      round.add(clipped, from: unit, as: form, to: &total)
    } else {
      outcome = clip(update, weight: weight, addingTo: &total)
    }
    count(1, unclipped: outcome.wasClipped ? 0 : 1)
    return outcome
  }

  /// Adds the contribution of a unit whose update is one element and zeros else: to the last bit what
  /// ``add(clipping:weight:from:)`` makes of it, without passing over the zeros where there is no form.
  ///
  /// The norm of such an update is the element's magnitude, exactly, so that the bound holds as it does
  /// for any other.
  @discardableResult
  public func add(
    clippingElement element: Float, at place: Int, from unit: Int? = nil
  ) -> ClipOutcome {
    precondition((0..<dimension).contains(place), "an element of the sum")
    if form != nil {
      var update = [Float](repeating: 0, count: dimension)
      update[place] = element
      return add(clipping: update, from: unit)
    }
    clearIfSpent()
    let norm = Double(element.magnitude)
    let outcome: ClipOutcome
    if !norm.isFinite {
      outcome = ClipOutcome(norm: norm, wasClipped: true)
    } else {
      switch bound {
      case .unbounded:
        total[place] += Double(element)
        outcome = ClipOutcome(norm: norm, wasClipped: false)
      case .clipped(let clippingNorm, let rule):
        let limit = largestNorm(of: clippingNorm, by: rule)
        let grid = Self.grid(for: clippingNorm)
        let cells = rule.factor(norm: norm, limit: limit) / grid
        total[place] += grid * (cells * Double(element)).rounded(.towardZero)
        outcome = ClipOutcome(norm: norm, wasClipped: norm > limit)
      }
    }
    count(1, unclipped: outcome.wasClipped ? 0 : 1)
    return outcome
  }

  private func clip(
    _ update: [Float], weight: Double, addingTo sum: inout [Double]
  ) -> ClipOutcome {
    switch bound {
    case .unbounded:
      addUnbounded(update, weight: weight, to: &sum)
    case .clipped(let clippingNorm, .perLayer):
      addLayers(of: update, clippingNorm: clippingNorm, weight: weight, to: &sum)
    case .clipped(let clippingNorm, let rule):
      addWhole(update, clippingNorm: clippingNorm, rule: rule, weight: weight, to: &sum)
    }
  }

  func empty() {
    isSpent = true
    contributionCount = 0
    unclippedCount = 0
  }

  /// Starts the contributions to the next release.
  func open(with bound: ContributionBound, key: StreamKey) {
    precondition(contributionCount == 0, "a sum is emptied by its release")
    self.bound = bound
    round = form.map { ContributionRound($0, key: key) }
    isReleased = false
  }

  func isOpen(for key: StreamKey) -> Bool { round?.key == key }

  /// Ends them. A second release of the same round would repeat its noise, and the difference would be
  /// the sum.
  func close() {
    precondition(!isReleased, "a sum is released once; prepare it for the next round")
    isReleased = true
    clearIfSpent()
  }

  /// Ends the contributions and takes their mean over a public size, as they came.
  func releaseMean(expectedCohortSize: Double) -> [Float] {
    precondition(expectedCohortSize > 0, "the expected cohort size must be positive")
    close()
    defer { empty() }
    return scaled(total, by: 1 / expectedCohortSize)
  }

  private func clearIfSpent() {
    if isSpent { clear(&total) }
    isSpent = false
  }

  private func count(_ contributions: Int, unclipped: Int) {
    contributionCount += contributions
    unclippedCount += unclipped
    precondition(
      contributionCount <= Self.largestContributionCount,
      "the sum is exact for \(Self.largestContributionCount) contributions")
  }

  private func addUnbounded(
    _ update: [Float], weight: Double, to total: inout [Double]
  ) -> ClipOutcome {
    let norm = euclideanNorm(update)
    guard norm.isFinite else { return ClipOutcome(norm: norm, wasClipped: true) }
    LinearAlgebra.add(update, scale: weight, to: &total)
    return ClipOutcome(norm: norm, wasClipped: false)
  }

  private func addWhole(
    _ update: [Float], clippingNorm: Double, rule: ClippingRule, weight: Double,
    to total: inout [Double]
  ) -> ClipOutcome {
    let norm = euclideanNorm(update)
    guard norm.isFinite else { return ClipOutcome(norm: norm, wasClipped: true) }
    let largest = largestNorm(of: clippingNorm, by: rule)
    LinearAlgebra.add(
      update, scale: weight * rule.factor(norm: norm, limit: largest),
      onGrid: Self.grid(for: clippingNorm), to: &total)
    return ClipOutcome(norm: norm, wasClipped: norm > largest)
  }

  private func addLayers(
    of update: [Float], clippingNorm: Double, weight: Double, to total: inout [Double]
  ) -> ClipOutcome {
    let norms = layers.map { euclideanNorm(update, in: $0) }
    let norm = norms.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard norm.isFinite else { return ClipOutcome(norm: norm, wasClipped: true) }
    let largest = largestNorm(of: clippingNorm, by: .perLayer)
    for (layer, norm) in zip(layers, norms) {
      LinearAlgebra.add(
        update, in: layer,
        scale: weight * ClippingRule.perLayer.factor(norm: norm, limit: largest),
        onGrid: Self.grid(for: clippingNorm), to: &total)
    }
    return ClipOutcome(norm: norm, wasClipped: norms.contains { $0 > largest })
  }

  /// What a contribution, or one layer of it, is scaled to at most.
  private func largestNorm(of clippingNorm: Double, by rule: ClippingRule) -> Double {
    let largest = clippingNorm * (1 - Self.slack)
    // The roundings of the layers' share and of the weight move it by less than the slack is wide.
    return rule == .perLayer ? largest / Double(layers.count).squareRoot() : largest
  }

  private static let slack = 0x1p-30

  /// The largest power of two that is at most `clippingNorm * 2^-30`.
  private static func grid(for clippingNorm: Double) -> Double {
    (clippingNorm * 0x1p-30).binade
  }
}

extension ClippedSum {
  /// Adds gradients that were clipped and summed where they arose, shard by shard.
  ///
  /// A shard is a fixed part of the public list of examples, so that one example changes one shard
  /// alone. Within a shard of `m` gradients of norm at most `L`, summed in Float in blocks of at most
  /// 64, rounding moves the sum by at most `u (64 m + m^2 / 128) L`, `u = 2^-24`: each block's inner
  /// products err by `64 u` times the sum of the norms in it, and each addition of a block by `u`
  /// times what has been summed. That holds on both of two neighbors, whose distance is then at most
  /// `L (1 + 2^-23 (64 m + m^2 / 128))`: below `L (1 + 2^-8)` for ``largestShard`` gradients. Norms
  /// and factors add `2^-21`. ``ContributionBound/shardLimit`` leaves that room. Shards add in Double,
  /// where rounding is below `2^-40` of that.
  ///
  /// Not covered: that the gradients of a shard's other examples, computed in microbatches of another
  /// make-up, may differ in their last bits; and shards of more than ``largestShard`` gradients, which
  /// are 9 standard deviations from the 256 that are expected.
  public func add(shards: [[Float]], outcomes: ClipOutcomes, workers: Workers) {
    precondition(form == nil, "what is summed where it arose leaves as it is")
    count(outcomes.contributionCount, unclipped: outcomes.unclippedCount)
    LinearAlgebra.sum(lanes: shards, adding: !isSpent, workers: workers, into: &total)
    isSpent = false
  }

  /// Gradients in a shard that the slack allows for.
  public static let largestShard = 400
}
