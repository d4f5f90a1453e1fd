import Foundation

/// How many users hold each key, before noise. Nobody outside this target can read it: its one way out is
/// ``HistogramMechanism/release(_:noise:)``, which uses it up.
///
/// **Sensitivity.** With at most `L` keys a user, adding or removing one user moves the counts by at most
/// ``ContributionLimit/norm``, `sqrt(L)`, in Euclidean norm, and by nothing where the user holds no key:
/// - ``KeyWeight/one``: each of `t <= L` keys gains 1, so that the norm is `sqrt(t)`.
/// - ``KeyWeight/unitNorm``: each of `t <= L` keys gains `sqrt(L / t)`, so that the norm is `sqrt(L)`.
///
/// All weights are multiples of 2^-20, cut towards zero. Sums of up to 2^22 users' weights are exact in
/// Double: they depend neither on the order nor on how another user's weight was rounded.
public struct UserHistogram<Key: Hashable & Comparable & Sendable>: ~Copyable {
  /// nil where users contribute all that they hold.
  let limit: ContributionLimit?
  private(set) var counts: [Key: Double] = [:]
  private var userCount = 0

  static var mostUsers: Int { 1 << 22 }

  public init(limit: ContributionLimit?) {
    self.limit = limit
  }

  /// Adds one user.
  ///
  /// - Parameter keys: distinct, and no more than the limit allows.
  public mutating func add(userWith keys: [Key]) {
    userCount += 1
    precondition(userCount <= Self.mostUsers, "the counts of \(Self.mostUsers) users are exact")
    precondition(keys.count <= limit?.keysPerUser ?? .max, "more keys than a user may contribute")
    precondition(Set(keys).count == keys.count, "a user contributes each key once")
    let weight = limit?.weight(ofOneOf: keys.count) ?? 1
    for key in keys { counts[key, default: 0] += weight }
  }
}

/// How much one user may contribute to a histogram: public constants.
public struct ContributionLimit: Hashable, Sendable {
  /// 1 to ``mostKeysPerUser``.
  public let keysPerUser: Int
  public let weights: KeyWeight

  public static let mostKeysPerUser = 1 << 20

  public init(keysPerUser: Int, weights: KeyWeight = .one) {
    precondition(
      (1...Self.mostKeysPerUser).contains(keysPerUser),
      "a user contributes 1 to \(Self.mostKeysPerUser) keys, not \(keysPerUser)")
    self.keysPerUser = keysPerUser
    self.weights = weights
  }

  /// The largest Euclidean norm of one user's contribution.
  public var norm: Double { Double(keysPerUser).squareRoot() }

  /// What each key of a user that contributes `keyCount` gains, at least 1.
  func weight(ofOneOf keyCount: Int) -> Double {
    switch weights {
    case .one: 1
    case .unitNorm:
      // One grid step below the quotient at most; the slack covers the roundings of its computation.
      ((Double(keysPerUser) / Double(max(1, keyCount))).squareRoot() * Self.grid * (1 - 0x1p-50))
        .rounded(.down) / Self.grid
    }
  }

  private static let grid = 0x1p20
}

/// What one of a user's keys counts.
public enum KeyWeight: String, CaseIterable, Hashable, Sendable {
  /// One: counts are numbers of users.
  case one
  /// More for users with fewer keys, so that each user's contribution has the same norm (the weighted
  /// Gaussian of Gopi et al. 2020, section 5). Counts are no numbers of users, but order keys.
  case unitNorm = "unit-norm"
}
