import Foundation
import Testing

@testable import Accounting

@Suite struct PureDPAccountantTests {
  @Test func lossesAddUp() throws {
    var accountant = PureDPAccountant(relation: .zeroOut)
    try accountant.compose(.laplace(noiseMultiplier: 4), count: 10)
    try accountant.compose(.discreteLaplace(scale: 10, sensitivity: 3))
    try accountant.compose(
      .poissonSampled(.laplace(noiseMultiplier: 0.5), samplingRate: 0.1), count: 2)
    let sum = 2.5 + 0.3 + 2 * log(1 + 0.1 * (exp(2) - 1))
    for delta in [1e-300, 1e-5, 0.5] {
      let epsilon = try accountant.epsilonUpperBound(atDelta: delta)
      #expect(epsilon >= sum && epsilon < sum * (1 + 1e-9))
    }
    #expect(try accountant.delta(atEpsilon: sum * (1 + 1e-9)).upper == 0)
    let below = try accountant.delta(atEpsilon: 1).upper
    #expect(abs(below - (exp(sum) - exp(1)) / (exp(sum) + 1)) < 1e-9)
  }

  @Test(arguments: [AccountantKind.pureDP, .optimalComposition])
  func gaussianNoiseIsRefused(kind: AccountantKind) {
    let event = PrivacyEvent.composed([
      .laplace(noiseMultiplier: 1), .discreteGaussian(standardDeviation: 1, sensitivity: 1),
    ])
    var accountant = kind.makeAccountant(relation: .addOrRemoveOne)
    #expect(
      throws: AccountingError.unsupported(
        event: event, accountant: kind, relation: .addOrRemoveOne, reason: .lossIsUnlimited)
    ) { try accountant.compose(event) }
  }

  /// 100 reports with log odds 1/2.
  @Test func repetitionIsCounted() throws {
    var accountant = PureDPAccountant(relation: .replaceOne)
    try accountant.compose(
      .repeated(
        .repeated(
          .randomizedResponse(noiseParameter: 2 / (exp(0.5) + 1), bucketCount: 2), count: 25),
        count: 4))
    #expect(abs(try accountant.epsilonUpperBound(atDelta: 1e-6) - 50) < 1e-9)
  }
}
