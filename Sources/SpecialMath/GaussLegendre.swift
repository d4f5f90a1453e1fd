internal import CGSL

/// Gauss and Legendre's rule: the integral over an interval from its values at a few points, exact
/// for polynomials of degree 2 count - 1. For functions that are analytic well around the interval.
public struct GaussLegendreRule: Sendable {
  /// A point, as a place in -1 ... 1, with its share of the interval's half-width.
  public struct Node: Sendable {
    public let place: Double
    public let weight: Double
    public let logWeight: Double
  }

  public let nodes: [Node]

  /// The rule with `count` points; `count` is positive.
  public init(count: Int) {
    precondition(count > 0, "a rule needs at least one point")
    let table = gsl_integration_glfixed_table_alloc(count)
    defer { gsl_integration_glfixed_table_free(table) }
    nodes = (0..<count).map { index in
      var place = 0.0
      var weight = 0.0
      gsl_integration_glfixed_point(-1, 1, index, &place, &weight, table)
      return Node(place: place, weight: weight, logWeight: gsl_sf_log(weight))
    }
  }

  /// The integral of `integrand` over `interval`.
  public func integral(
    over interval: ClosedRange<Double>, of integrand: (Double) -> Double
  ) -> Double {
    let halfWidth = (interval.upperBound - interval.lowerBound) / 2
    let middle = interval.lowerBound + halfWidth
    return nodes.reduce(0) {
      $0 + halfWidth * $1.weight * integrand(middle + halfWidth * $1.place)
    }
  }
}
