import Foundation

/// log(n choose 0), log(n choose 1), …, log(n choose n), by the ratios of neighbors.
///
/// The rounding error grows with the sum's own size from 0, so the entries near the start of a long
/// row are far more accurate than differences of log n!.
public struct LogBinomialRow: Sequence, IteratorProtocol {
  private let n: Int
  private var k = 0
  private var logarithm = 0.0

  /// `n` is 0 or greater.
  public init(_ n: Int) {
    precondition(n >= 0, "n must be 0 or greater")
    self.n = n
  }

  public mutating func next() -> Double? {
    guard k <= n else { return nil }
    defer {
      k += 1
      logarithm += log(Double(n - k + 1) / Double(k))
    }
    return logarithm
  }
}
