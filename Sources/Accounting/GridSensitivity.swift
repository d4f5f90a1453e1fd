/// How far ONE unit can move an integer sum of several coordinates, such as an encoded update.
public struct GridSensitivity: Hashable, Sendable {
  /// The square of the L2 norm of what one unit adds; in 1 ... 2^60.
  public let squaredL2: Int
  /// Its L1 norm; in 1 ... 2^60.
  public let l1: Int
  /// How many coordinates there are; in 1 ... 2^53.
  public let dimension: Int

  public init(squaredL2: Int, l1: Int, dimension: Int) {
    self.squaredL2 = squaredL2
    self.l1 = l1
    self.dimension = dimension
  }

  /// With the L1 norm that follows from the others: that of n whole numbers is at most sqrt(n) times
  /// their L2 norm, and at most its square.
  public init(squaredL2: Int, dimension: Int) {
    let root = (Double(squaredL2) * Double(dimension)).squareRoot() * (1 + 0x1p-50)
    self.init(
      squaredL2: squaredL2, l1: root < Double(squaredL2) ? Int(root) : squaredL2,
      dimension: dimension)
  }

  static let largestNorm = 1 << 60

  func validate() throws(AccountingError) {
    try AccountingError.check(
      squaredL2, isWithin: 1...Self.largestNorm, argument: "squared_l2_sensitivity")
    try AccountingError.check(l1, isWithin: 1...Self.largestNorm, argument: "l1_sensitivity")
    try AccountingError.check(
      dimension, isWithin: 1...PrivacyEvent.largestCount, argument: "dimension")
  }

  /// That of `size` units together, out of range where it overflows.
  func grown(by size: Int) -> GridSensitivity {
    func product(_ factors: Int...) -> Int {
      factors.reduce(1) { product, factor in
        let (next, overflow) = product.multipliedReportingOverflow(by: factor)
        return overflow ? .max : next
      }
    }
    return GridSensitivity(
      squaredL2: product(squaredL2, size, size), l1: product(l1, size), dimension: dimension)
  }

  /// Between neighbors under the relation.
  func distance(under relation: NeighboringRelation) -> GridDistance {
    let factor = Double(relation.sensitivity)
    return GridDistance(
      l2: factor * Double(squaredL2).squareRoot(), l1: factor * Double(l1),
      dimension: Double(dimension))
  }
}

/// How far apart the integer sums of neighbors may be.
struct GridDistance: Hashable, Sendable {
  let l2: Double
  let l1: Double
  let dimension: Double
}
