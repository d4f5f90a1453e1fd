import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct RenyiFilterTests {
  @Test func totalsMatchReference() throws {
    for row in try ReferenceTable("renyi_filter.csv").rows {
      let filter = try RenyiFilter(
        epsilon: try row.column("epsilon"), delta: try row.column("delta"),
        order: try row.column("order"))
      let divergence = try row.column("divergence")
      #expect(filter.total <= divergence, "\(row): \(filter.total)")
      #expect(filter.total >= divergence * (1 - 1e-11), "\(row): \(filter.total)")
      let conversion = RenyiConversion(order: filter.order, divergence: filter.total)
      #expect(conversion.epsilon(delta: filter.delta) <= filter.epsilon, "\(row)")
    }
  }

  /// Gaussian noise has divergence order / 2z^2, so as many releases are admitted as that goes into the
  /// total, whatever their noise and order.
  @Test func gaussianReleasesAreCounted() throws {
    let filter = try RenyiFilter(epsilon: 6, delta: 1e-5, order: 4)
    var spent: [Double] = []
    var precision = 0.0
    while true {
      // A choice that rests on what was released before, as far as this test goes.
      let noiseMultiplier = [3.0, 5.0, 4.0, 11.0][spent.count % 4]
      let next = try RenyiStep(
        .gaussian(noiseMultiplier: noiseMultiplier), relation: .addOrRemoveOne)
      let cost = next.divergence(atOrder: filter.order)
      let fits = 4 * (precision + 1 / (noiseMultiplier * noiseMultiplier)) / 2 < filter.total
      #expect(filter.admits(spent + [cost]) == fits)
      guard fits else { break }
      spent.append(cost)
      precision += 1 / (noiseMultiplier * noiseMultiplier)
    }
    #expect(spent.count > 10)
    #expect(abs(filter.spent(spent) / (2 * precision) - 1) < 1e-8)
  }

  /// Whatever is admitted costs no more than the total as releases that were fixed beforehand.
  @Test(arguments: [0.5, 2, 8], [1e-5, 1e-10])
  func whatIsAdmittedIsWithinTheTotal(epsilon: Double, delta: Double) throws {
    let event = PrivacyEvent.poissonSampled(.gaussian(noiseMultiplier: 1.5), samplingRate: 0.02)
    let step = try RenyiStep(event, relation: .addOrRemoveOne)
    let filter = try RenyiFilter(epsilon: epsilon, delta: delta, mostOftenAdmitting: [step])
    let cost = step.divergence(atOrder: filter.order)
    let count = Int(filter.total / cost)
    #expect(filter.admits(repeatElement(cost, count: count)))
    #expect(!filter.admits(repeatElement(cost, count: count + 1)))
    var accountant = RenyiAccountant(relation: .addOrRemoveOne)
    try accountant.compose(event, count: count)
    let fixed = try accountant.epsilonUpperBound(atDelta: delta)
    #expect(fixed <= epsilon)
    // The order is the best for this event, so hardly anything is lost by having fixed it.
    #expect(fixed > 0.97 * epsilon || count < 30, "\(fixed) after \(count)")
  }

  /// total / order is what Gaussian releases share.
  @Test func theBestOrderAdmitsMost() throws {
    let step = try RenyiStep(.gaussian(noiseMultiplier: 1), relation: .zeroOut)
    let best = try RenyiFilter(epsilon: 5, delta: 1e-6, mostOftenAdmitting: [step, step])
    for order in RenyiStep.orders {
      guard let other = try? RenyiFilter(epsilon: 5, delta: 1e-6, order: order) else { continue }
      #expect(other.total / other.order <= best.total / best.order * (1 + 1e-12))
    }
    #expect(RenyiStep.orders == RenyiStep.orders.sorted())
  }

  @Test func whatCannotBeIsRefused() throws {
    for (epsilon, delta, order) in [
      (0, 1e-5, 2), (.infinity, 1e-5, 2), (.nan, 1e-5, 2), (1, 0, 2), (1, 1, 2), (1, 1e-5, 1),
      (1, 1e-5, .infinity), (1, 1e-5, .nan), (-1, 1e-5, 2.0),
    ] {
      #expect(throws: AccountingError.self) {
        try RenyiFilter(epsilon: epsilon, delta: delta, order: order)
      }
    }
    #expect(throws: AccountingError.orderLeavesNothing(order: 2, epsilon: 1, delta: 1e-5)) {
      try RenyiFilter(epsilon: 1, delta: 1e-5, order: 2)
    }
    let error = AccountingError.orderLeavesNothing(order: 2, epsilon: 1, delta: 1e-5)
    #expect(
      error.description
        == "at order 2.0 no divergence converts to epsilon 1.0 at delta 1e-05; raise the order, epsilon "
        + "or delta")
  }
}
