internal import LinearAlgebra

/// What happened to one contribution. Sensitive: it may leave only as a `diagnostic_` value.
public struct ClipOutcome: Hashable, Sendable {
  /// Euclidean norm before clipping; not finite for an update that is not.
  public let norm: Double
  public let wasClipped: Bool
}

/// The sum of clipped contributions before noise. Nobody outside this target can read it, and it is
/// consumed by the one ``NoiseMechanism/release(_:expectedCohortSize:noise:)`` that it is made for.
///
/// **Sensitivity.** With the bound `clipped(toNorm: C)`, adding or removing one contribution moves
/// the sum by at most `C` in Euclidean norm, floating point included:
/// - The norm is computed in Double with relative error below `2^-31` for up to `2^22` elements;
///   contributions are scaled to at most `C * (1 - 2^-30)`.
/// - Each scaled element is cut *towards zero* to a multiple of `grid`, a power of two below
///   `C * 2^-30`, which can only lower the norm.
/// - Multiples of `grid` below `2^53 * grid` add exactly in Double: for up to `2^22` contributions no
///   addition rounds. Then the sum does not depend on the order, and no
///   contribution changes how another is rounded (Casacuberta et al. 2022 show how it otherwise may).
///
/// A contribution that is not finite counts as zero.
public struct ClippedSum: ~Copyable {
  let bound: ContributionBound
  private(set) var total: [Double]
  private var contributionCount = 0
  private var unclippedCount = 0

  static let largestContributionCount = 1 << 22
  static let largestDimension = 1 << 22

  init(dimension: Int, bound: ContributionBound) {
    precondition(
      dimension <= Self.largestDimension,
      "the proof of the clipping slack covers \(Self.largestDimension) elements")
    self.bound = bound
    total = [Double](repeating: 0, count: dimension)
  }

  /// Adds one unit's contribution, clipped to the bound.
  ///
  /// Its vote on the clipping norm is counted with it: 1/2 if it was within the bound, else -1/2.
  @discardableResult
  public mutating func add(clipping update: [Float]) -> ClipOutcome {
    contributionCount += 1
    precondition(
      contributionCount <= Self.largestContributionCount,
      "the sum is exact for \(Self.largestContributionCount) contributions")
    let norm = euclideanNorm(update)
    guard norm.isFinite else { return ClipOutcome(norm: norm, wasClipped: true) }
    switch bound {
    case .unbounded:
      LinearAlgebra.add(update, scale: 1, to: &total)
      unclippedCount += 1
      return ClipOutcome(norm: norm, wasClipped: false)
    case .clipped(let clippingNorm):
      let largest = clippingNorm * (1 - 0x1p-30)
      let factor = norm > largest ? largest / norm : 1
      if norm <= largest { unclippedCount += 1 }
      LinearAlgebra.add(update, scale: factor, onGrid: Self.grid(for: clippingNorm), to: &total)
      return ClipOutcome(norm: norm, wasClipped: norm > largest)
    }
  }

  /// The sum of 1/2 for every contribution that was within the bound and -1/2 for every other, which
  /// one contribution moves by exactly 1/2.
  var unclippedBalance: Double { Double(unclippedCount) - Double(contributionCount) / 2 }

  /// The largest power of two that is at most `clippingNorm * 2^-30`.
  private static func grid(for clippingNorm: Double) -> Double {
    (clippingNorm * 0x1p-30).binade
  }
}
