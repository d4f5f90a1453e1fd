import Foundation

extension MonotoneSearch {
  /// A place and what a function is there.
  public struct Sample: Sendable {
    public let x: Double
    public let value: Double

    public init(x: Double, value: Double) {
      self.x = x
      self.value = value
    }
  }

  /// Neighbors on `grid` between which a function passes from above 0 to 0 or less, or the other
  /// way round.
  ///
  /// `first` and `second` are positive points of the grid, one with a value above 0 and one without,
  /// and so are the results, in the same order: also where rounding makes the function waver, both
  /// were seen. Values may be infinite. A function that is smooth in the logarithm of its argument
  /// takes about eight evaluations to a relative 1e-6; any takes few more than three times the bits
  /// of the range.
  ///
  /// Interpolates the inverse function through the last three samples (Brent 1973) and aims a little
  /// past the result, so that the far end of the bracket comes along. After a step that did not
  /// halve the bracket it aims far past it, and after two it halves the bracket.
  public static func crossing<Failure: Error>(
    between first: Sample, and second: Sample, on grid: SearchGrid,
    value: (Double) throws(Failure) -> Double
  ) throws(Failure) -> (Sample, Sample) {
    precondition((first.value > 0) != (second.value > 0), "the function must cross 0")
    var (above, below) = first.value > 0 ? (first, second) : (second, first)
    var previous: Sample?
    var stalls = 0
    while true {
      let (least, greatest) = (min(above.x, below.x), max(above.x, below.x))
      guard grid.point(after: least) < greatest else { break }
      let aim =
        stalls < overshoots.count
        ? inverseInterpolation(
          above: above, below: below, previous: previous, overshoot: overshoots[stalls]) : nil
      let place = aim.map(exp) ?? midpoint(least, greatest)
      let x = min(
        max(grid.point(atOrAbove: place), grid.point(after: least)), grid.point(before: greatest))
      let sample = Sample(x: x, value: try value(x))
      if sample.value > 0 {
        (above, previous) = (sample, above)
      } else {
        (below, previous) = (sample, below)
      }
      let isHalved = abs(log(above.x / below.x)) <= log(greatest / least) / 2
      stalls = isHalved || aim == nil ? 0 : stalls + 1
    }
    return first.value > 0 ? (above, below) : (below, above)
  }

  /// The logarithm of the place where the function is probably 0, and past it by a share of its
  /// distance from the nearer end; nil where the values do not tell, or that is beyond the middle.
  private static func inverseInterpolation(
    above: Sample, below: Sample, previous: Sample?, overshoot: Double
  ) -> Double? {
    guard above.value.isFinite, below.value.isFinite else { return nil }
    let (a, b) = (log(above.x), log(below.x))
    var estimate = a + (b - a) * above.value / (above.value - below.value)
    if let previous, previous.value.isFinite, previous.value != above.value,
      previous.value != below.value
    {
      let c = log(previous.x)
      let quadratic =
        a * below.value * previous.value
        / ((above.value - below.value) * (above.value - previous.value))
        + b * above.value * previous.value
        / ((below.value - above.value) * (below.value - previous.value))
        + c * above.value * below.value
        / ((previous.value - above.value) * (previous.value - below.value))
      if quadratic > min(a, b), quadratic < max(a, b) { estimate = quadratic }
    }
    let nearer = abs(estimate - a) < abs(estimate - b) ? a : b
    let past = estimate + (estimate - nearer) * overshoot
    return abs(past - nearer) < abs(b - a) / 2 ? past : nil
  }

  /// How far to aim past the estimate, by the number of steps since the bracket was last halved.
  private static let overshoots = [0.02, 1.0]
}
