import Foundation
import SpecialMath

/// What has been spent so far, read at any time, by whoever chooses each release after seeing all before
/// it: a privacy odometer (Rogers, Roth, Ullman & Vadhan 2016).
///
/// Whatever the two neighbors, the privacy loss of all releases so far ever passes the reading with
/// probability at most `delta`. For at order a, where the steps' divergences D_1, D_2, ... add up,
///
///     exp((a - 1) (loss - D_1 - ... - D_n))
///
/// is a supermartingale that begins at 1 (as in the proof of Feldman & Zrnic 2021, Theorem 3.1), and so is
/// the mean of these over orders that are fixed beforehand. It ever reaches 1 / delta with probability at
/// most `delta` (Ville's inequality); the reading is the loss at which it does. Whitehouse, Ramdas, Rogers &
/// Wu 2023 build odometers for concentrated privacy in this way.
///
/// A ``RenyiFilter``, which commits to one order and to where it ends, proves a smaller epsilon there.
public struct RenyiOdometer: Sendable {
  public let delta: Double
  /// At each of ``orders``.
  private var divergences = [Double](repeating: 0, count: Self.orders.count)

  /// - Parameter delta: in (0, 1).
  public init(delta: Double) throws(AccountingError) {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    self.delta = delta
  }

  /// Distances to 1 from 1/8 to 2048, four to a factor of two.
  public static let orders: [Double] = (-12...44).map { 1 + exp2(Double($0) / 4) }

  /// `times` equal steps, each with noise of its own.
  public mutating func add(_ step: RenyiStep, times: Int = 1) {
    for (index, order) in Self.orders.enumerated() {
      divergences[index] += Double(times) * step.divergence(atOrder: order)
    }
  }

  /// An upper bound on the privacy loss, rounded up; 0 before anything was released.
  public var epsilon: Double {
    guard divergences.contains(where: { $0 > 0 }) else { return 0 }
    let threshold = log(Double(Self.orders.count)) - log(delta)
    /// Where one order's part alone reaches it.
    let alone = zip(Self.orders, divergences).map { $1 + threshold / ($0 - 1) }.min() ?? .infinity
    guard alone.isFinite else { return .infinity }
    return MonotoneSearch.bisect(0...alone, relativeTolerance: 1e-12) { loss in
      let parts = zip(Self.orders, divergences).map { ($0 - 1) * (loss - $1) }
      let largest = parts.max() ?? -.infinity
      return largest + log(parts.reduce(0) { $0 + exp($1 - largest) }) >= threshold
    }.above * (1 + 1e-12)
  }
}
