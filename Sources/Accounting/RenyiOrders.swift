import Foundation

/// The orders at which divergences are converted.
enum RenyiOrders {
  /// From 1.01 to 2^14 in increasing order: fractional up to 16, with steps of 1/50 of the distance
  /// to 1, all integers up to 50, and integers about 1/50 of their size apart above.
  static let finite: [Double] = {
    let fractional = (0...Int(50 * log(1500.0))).map { 1 + 0.01 * exp(Double($0) / 50) }
    let small = (2...50).map(Double.init)
    let large = (0...Int(50 * log(0x1p14 / 50))).map { (50 * exp(Double($0) / 50)).rounded() }
    return Set(fractional + small + large + [0x1p14]).sorted()
  }()
}
