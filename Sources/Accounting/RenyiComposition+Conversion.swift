import SpecialMath

extension RenyiComposition {
  /// Whether (order - 1) times the divergence is known to be convex.
  var hasConvexCumulant: Bool { curves.allSatisfy(\.hasConvexCumulant) }

  /// The conversion, over all orders, that makes `value` least.
  ///
  /// With t = order - 1, both values are of the form (convex function of t) / t or convex in t,
  /// since the cumulant t * divergence is convex and so is t log t - (1 + t) log(1 + t); hence they
  /// fall and then rise over the orders. Where a bound's cumulant is not convex, every 16th order
  /// is tried before the same is relied on around the best of them; an order missed costs accuracy,
  /// not validity. Order infinity stands outside: there the divergence bounds the privacy loss
  /// itself.
  func conversion(least value: (RenyiConversion) -> Double) -> RenyiConversion {
    let orders = RenyiOrders.finite
    func conversion(_ order: Double) -> RenyiConversion {
      RenyiConversion(order: order, divergence: divergence(order: order))
    }
    func valueAt(_ index: Int) -> Double { value(conversion(orders[index])) }

    var candidates = orders.indices
    if !hasConvexCumulant {
      let tried = stride(from: 0, to: orders.count, by: 16).map { (index: $0, value: valueAt($0)) }
      let best = tried.min { $0.value < $1.value }?.index ?? 0
      candidates = max(0, best - 15)..<min(orders.count, best + 16)
    }
    let index = MonotoneSearch.argmin(candidates, value: valueAt)
    let (finite, infinite) = (conversion(orders[index]), conversion(.infinity))
    return value(infinite) <= value(finite) ? infinite : finite
  }
}
