/// What happened to some contributions. Sensitive, as ``ClipOutcome`` is.
public struct ClipOutcomes: Hashable, Sendable {
  public private(set) var contributionCount = 0
  public private(set) var unclippedCount = 0
  /// Of Euclidean norms before clipping.
  public private(set) var normTotal = 0.0
  /// Whether every contribution's norm is in ``normTotal``.
  public private(set) var isMeasured = true

  public init() {}

  public mutating func note(_ outcome: ClipOutcome) {
    contributionCount += 1
    if !outcome.wasClipped { unclippedCount += 1 }
    normTotal += outcome.norm
  }

  /// Notes contributions that are neither clipped nor measured.
  public mutating func noteUnmeasured(_ count: Int) {
    contributionCount += count
    unclippedCount += count
    isMeasured = isMeasured && count == 0
  }

  public mutating func add(_ other: ClipOutcomes) {
    contributionCount += other.contributionCount
    unclippedCount += other.unclippedCount
    normTotal += other.normTotal
    isMeasured = isMeasured && other.isMeasured
  }
}

extension ContributionBound {
  /// The factor of each example's gradient, layer by layer, where it is clipped as it is summed.
  ///
  /// - Parameters:
  ///   - squaredNorms: of each layer's part of each example's gradient, `[layer][example]`; finite.
  ///   - weights: the same shape.
  public func weigh(
    squaredNorms: [[Double]], examples: Int, weights: inout [[Float]],
    noting outcomes: inout ClipOutcomes
  ) {
    for example in 0..<examples {
      let norm = squaredNorms.reduce(0) { $0 + $1[example] }.squareRoot()
      switch self {
      case .unbounded:
        for layer in weights.indices { weights[layer][example] = 1 }
        outcomes.note(ClipOutcome(norm: norm, wasClipped: false))
      case .clipped(let clippingNorm, .perLayer):
        let limit = Self.shardLimit(clippingNorm) / Double(weights.count).squareRoot()
        var wasClipped = false
        for layer in weights.indices {
          let layerNorm = squaredNorms[layer][example].squareRoot()
          weights[layer][example] = Self.narrowed(
            ClippingRule.perLayer.factor(norm: layerNorm, limit: limit))
          wasClipped = wasClipped || layerNorm > limit
        }
        outcomes.note(ClipOutcome(norm: norm, wasClipped: wasClipped))
      case .clipped(let clippingNorm, let rule):
        let limit = Self.shardLimit(clippingNorm)
        let factor = Self.narrowed(rule.factor(norm: norm, limit: limit))
        for layer in weights.indices { weights[layer][example] = factor }
        outcomes.note(ClipOutcome(norm: norm, wasClipped: norm > limit))
      }
    }
  }

  /// What one gradient in a shard is scaled to; see ``ClippedSum/add(shards:outcomes:workers:)``.
  static func shardLimit(_ clippingNorm: Double) -> Double { clippingNorm * (1 - 0x1p-8) }

  /// As a Float, above it by at most a relative `2^-24`: subnormal numbers are too coarse for that, so
  /// they become 0, and what is too large becomes the largest.
  private static func narrowed(_ factor: Double) -> Float {
    if factor < Double(Float.leastNormalMagnitude) { return 0 }
    return Float(min(factor, Double(Float.greatestFiniteMagnitude)))
  }
}
