import SpecialMath
import Testing

@testable import Auditing

@Suite struct ReceiverOperatingCurveTests {
  /// As scikit-learn has them, with ties and without.
  @Test func curvesAreThoseOfScikitLearn() throws {
    let cases = try MembershipReference.read().curves
    #expect(cases.count == 5)
    for reference in cases {
      let curve = try ReceiverOperatingCurve(
        members: reference.members, nonMembers: reference.others)
      #expect(curve.points.map(curve.falsePositiveRate) == reference.fpr)
      #expect(curve.points.map(curve.truePositiveRate) == reference.tpr)
      #expect(abs(curve.area - reference.area) <= 1e-15)
      #expect(abs(curve.balancedAccuracy - reference.balanced) <= 1e-15)
      #expect(reference.rates.map(curve.truePositiveRate(atFalsePositiveRate:)) == reference.tprAt)
    }
  }

  /// N(d, 1) against N(0, 1), at their quantiles: the area is Phi(d / sqrt 2), and the best balanced accuracy
  /// Phi(d / 2).
  @Test(arguments: [0.5, 1, 3]) func twoNormalDistributions(distance: Double) throws {
    let count = 2000
    let quantiles = (0..<count).map {
      StandardNormal.quantile((Double($0) + 0.5) / Double(count))
    }
    let curve = try ReceiverOperatingCurve(
      members: quantiles.map { $0 + distance }, nonMembers: quantiles)
    let area = 1 - StandardNormal.upperTail(distance / 2.0.squareRoot())
    #expect(abs(curve.area - area) < 2e-4)
    let accuracy = 1 - StandardNormal.upperTail(distance / 2)
    #expect(abs(curve.balancedAccuracy - accuracy) < 2e-3)
  }

  @Test func belowOneFalsePositiveNothingIsReadOff() throws {
    let curve = try ReceiverOperatingCurve(members: [5, 1, 0], nonMembers: [4, 3, 2, 1])
    #expect(curve.truePositiveRate(atFalsePositiveRate: 0.2499) == 1.0 / 3)
    #expect(curve.truePositiveRate(atFalsePositiveRate: 0.75) == 1.0 / 3)
    #expect(curve.truePositiveRate(atFalsePositiveRate: 1) == 1)
  }

  @Test func whatCannotBeRankedIsRefused() {
    #expect(throws: AuditingError.tooFew(what: "members", given: 1, least: 2)) {
      try ReceiverOperatingCurve(members: [1], nonMembers: [1, 2])
    }
    #expect(throws: AuditingError.scoreIsNotANumber(index: 1)) {
      try ReceiverOperatingCurve(members: [1, 2], nonMembers: [1, .nan])
    }
  }
}
