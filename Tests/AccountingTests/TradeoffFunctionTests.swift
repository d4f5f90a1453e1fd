import Accounting
import Foundation
import SpecialMath
import Testing

struct TradeoffFunctionTests {
  /// Dong, Roth & Su 2022: beta = Phi(Phi^-1(1 - alpha) - mu).
  @Test(arguments: [0.2, 1, 3])
  func holdsTheGaussianOne(mu: Double) throws {
    let function = try TradeoffFunction(of: spent(.gaussian(noiseMultiplier: 1 / mu)))
    for threshold in stride(from: -3, through: 6, by: 0.25) {
      let alpha = StandardNormal.upperTail(threshold)
      let beta = StandardNormal.upperTail(mu - threshold)
      let bound = try function.beta(atAlpha: alpha)
      #expect(bound.lower <= beta * (1 + 1e-9) && beta <= bound.upper * (1 + 1e-9))
      #expect(bound.upper - bound.lower < 0.01)
    }
    let advantage = 1 - 2 * StandardNormal.upperTail(mu / 2)
    #expect(abs(function.advantage.upper - advantage) < 1e-9)
    #expect(abs(function.advantage.lower - advantage) < 1e-9)
  }

  /// Randomized response with ratio e^epsilon: straight from (0, 1) by (a, a), a = 1 / (1 + e^epsilon),
  /// to (1, 0).
  @Test func holdsTheOneOfRandomizedResponse() throws {
    let response = PrivacyEvent.randomizedResponse(noiseParameter: 0.5, bucketCount: 2)
    let function = try TradeoffFunction(of: spent(response, relation: .replaceOne))
    let corner = 0.25
    for alpha in stride(from: 0, through: 1, by: 0.05) {
      let beta =
        alpha < corner ? 1 - alpha * (1 - corner) / corner : corner * (1 - alpha) / (1 - corner)
      let bound = try function.beta(atAlpha: alpha)
      #expect(bound.lower <= beta + 1e-9 && beta <= bound.upper + 1e-9)
    }
  }

  @Test func fallsFromOneToZero() throws {
    let event = PrivacyEvent.poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.1)
    let function = try TradeoffFunction(of: spent(event, count: 3), count: 24)
    var last = 1.0
    for alpha in stride(from: 0, through: 1, by: 0.125) {
      let bound = try function.beta(atAlpha: alpha)
      #expect(bound.upper <= last + 1e-12 && bound.lower <= bound.upper)
      #expect(bound.upper <= 1 - alpha)
      last = bound.upper
    }
    #expect(try function.beta(atAlpha: 1).upper == 0)
  }

  /// The least error of a guess is prior alpha + (1 - prior) beta at the best alpha.
  @Test func bayesRiskIsTheBestGuess() throws {
    let accountant = try spent(.gaussian(noiseMultiplier: 1))
    let prior = 0.3
    let best = stride(from: -4, through: 6, by: 0.001).map {
      (1 - prior) * StandardNormal.upperTail($0) + prior * StandardNormal.upperTail(1 - $0)
    }.min()!
    let risk = try TradeoffFunction.bayesRisk(prior: prior, of: accountant)
    #expect(abs(risk.lower - best) < 1e-6 && abs(risk.upper - best) < 1e-6)
  }

  @Test(arguments: [-0.1, 1.1, .nan])
  func refusesWhatIsNoProbability(alpha: Double) throws {
    let accountant = try spent(.gaussian(noiseMultiplier: 1))
    let function = try TradeoffFunction(of: accountant, count: 2)
    #expect(throws: AccountingError.self) { try function.beta(atAlpha: alpha) }
    #expect(throws: AccountingError.self) {
      try TradeoffFunction.bayesRisk(prior: alpha, of: accountant)
    }
  }

  private func spent(
    _ event: PrivacyEvent, count: Int = 1, relation: NeighboringRelation = .addOrRemoveOne
  ) throws -> PrivacyLossAccountant {
    var accountant = PrivacyLossAccountant(relation: relation, relativeGap: 1e-4)
    try accountant.compose(event, count: count)
    return accountant
  }
}
