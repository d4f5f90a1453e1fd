import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct WithoutReplacementGaussianRenyiTests {
  @Test func divergenceIsAtMostThePublishedBoundAndAtLeastWhatIsAttained() throws {
    for row in try ReferenceTable("without_replacement_rdp.csv").rows {
      let order = try row.column("order")
      let value = try Self.curve(row).divergence(order: order)
      #expect(value <= (try row.column("theorem9")) * (1 + 1e-10), "\(row): \(value)")
      #expect(value >= (try row.column("attained")) * (1 - 1e-10), "\(row): \(value)")
      // Above order 256 the tool computes Theorem 9 alone, in its units; this pins their
      // translation.
      if order > 256 {
        let (tool, theorem) = (try row.column("dp_accounting"), try row.column("theorem9"))
        #expect(abs(tool / theorem - 1) < 1e-6, "\(row)")
      }
    }
  }

  /// Answers that may depend on one another are not jointly normal; for them it is the published
  /// bound, or joint convexity's, log(1 + c (e^((order - 1) divergence) - 1)), where that is smaller.
  @Test func severalAnswersCostThePublishedBound() throws {
    for row in try ReferenceTable("without_replacement_rdp.csv").rows {
      let order = try row.column("order")
      let noise = try row.column("noise_multiplier")
      let rate = try row.column("cohort_size") / row.column("population_size")
      let cumulant = (order - 1) * order * 2 / (noise * noise)
      guard cumulant < 700 else { continue }
      let convexity = log1p(rate * expm1(cumulant)) / (order - 1)
      let value = try Self.curve(row, answerCount: 2).divergence(order: order)
      let reference = min(try row.column("theorem9"), convexity)
      #expect(abs(value / reference - 1) < 1e-10, "\(row): \(value)")
    }
  }

  /// Under much noise and with rare cohorts the leading term is exact up to the shape of its
  /// triangle.
  @Test func leadingTermIsSharp() {
    let (precision, rate, order) = (1e-6, 1e-3, 4.0)
    let value = WithoutReplacementGaussianRenyi(
      precision: precision, samplingRate: rate, answerCount: 1
    )
    .divergence(order: order)
    // order (order - 1) / 2 c^2 s^2 / (order - 1), the second-order expansion of the divergence
    let expansion = order / 2 * rate * rate * precision
    #expect(value >= expansion)
    #expect(value <= expansion * 1.01)
  }

  @Test func momentsBoundThoseOfAllTriangles() throws {
    for row in try ReferenceTable("ternary_moments.csv").rows {
      let distance = try row.column("distance")
      let degree = Int(try row.column("degree"))
      let reference = try row.column("log_moment")
      let bound = TernaryMoments(precision: distance * distance, areNormal: true).logBound(
        degree: degree)
      #expect(bound >= reference - 1e-10, "\(row): \(bound)")
      let general = TernaryMoments(precision: distance * distance, areNormal: false)
      #expect(bound <= general.logBound(degree: degree) + 1e-12, "\(row): \(bound)")
      // At degree 2 the equilateral triangle attains the bound.
      if degree == 2, try row.column("shape") == 2 {
        #expect(abs(bound - reference) < 1e-9, "\(row)")
      }
    }
  }

  @Test func fractionalOrdersLieOnTheChord() {
    let curve = WithoutReplacementGaussianRenyi(precision: 0.1, samplingRate: 0.02, answerCount: 1)
    let (two, three) = (curve.divergence(order: 2), curve.divergence(order: 3))
    #expect(abs(curve.divergence(order: 2.25) - (0.75 * two + 0.25 * 2 * three) / 1.25) < 1e-12)
    #expect(abs(curve.divergence(order: 1.5) - two) < 1e-12)
  }

  @Test(arguments: [1e-300, 1e-3, 0.5, 1 - 0x1p-53])
  func divergenceIsANumberEverywhere(rate: Double) {
    for precision in [Double.leastNormalMagnitude, 1e-30, 1e-4, 1, 1e3, 1e100, .infinity] {
      let curve = WithoutReplacementGaussianRenyi(
        precision: precision, samplingRate: rate, answerCount: 1)
      for order in [1 + 1e-12, 1.5, 2, 2.5, 300, 300.5, 1e5, 1e6, 1e300, .infinity] {
        let value = curve.divergence(order: order)
        #expect(value >= 0, "rate \(rate), precision \(precision), order \(order)")
      }
    }
  }

  private static func curve(
    _ row: [String: Double], answerCount: Int = 1
  ) throws -> WithoutReplacementGaussianRenyi {
    let noise = try row.column("noise_multiplier")
    return WithoutReplacementGaussianRenyi(
      precision: 4 / (noise * noise),
      samplingRate: try row.column("cohort_size") / row.column("population_size"),
      answerCount: answerCount)
  }
}
