/// The positive numbers among which a search looks, so that its answer is the same whatever path it
/// took.
public enum SearchGrid: Sendable {
  /// 1, 2, 3, …, to 2^53.
  case wholeNumbers
  /// The multiples of a power of two, at each number x the largest one that is at most x / 10^6.
  case millionths

  /// The least grid point at or above `x`.
  public func point(atOrAbove x: Double) -> Double {
    var point = x
    // Where the spacing doubles, the point found may be one of the narrower spacing alone.
    repeat {
      point = (point / spacing(at: point)).rounded(.up) * spacing(at: point)
    } while !isPoint(
      point)
    return point
  }

  public func point(after x: Double) -> Double { point(atOrAbove: x.nextUp) }

  /// The greatest grid point below `x`.
  public func point(before x: Double) -> Double {
    let spacing = spacing(at: x.nextDown)
    let point = (x.nextDown / spacing).rounded(.down) * spacing
    let next = self.point(after: point)
    return next < x ? next : point
  }

  private func isPoint(_ x: Double) -> Bool {
    (x / spacing(at: x)).rounded() == x / spacing(at: x)
  }

  private func spacing(at x: Double) -> Double {
    switch self {
    case .wholeNumbers: 1
    case .millionths: (x * 1e-6).binade
    }
  }
}
