import Accounting
import Testing

@testable import Experiments

@Suite struct SelectionCostTests {
  private func cost(_ changes: [String: String]) throws -> SelectionCost {
    SelectionCost(of: try TinyExperiment.plan(TinyExperiment.source(changes)).settings)
  }

  @Test func theDearestSettingIsRepeated() throws {
    let cost = try cost([:])
    var accountant = RenyiAccountant(relation: .addOrRemoveOne)
    let runs = [2, 0.8].map {
      PrivacyEvent.repeated(
        .poissonSampled(.gaussian(noiseMultiplier: $0), samplingRate: 0.25), count: 3)
    }
    try accountant.compose(
      .repeatAndSelect(
        .anyOf(runs), repetitions: .truncatedNegativeBinomial(shape: 0, mean: 2)))
    #expect(cost.privateSettings == 2)
    #expect(cost.epsilonUpper == (try accountant.epsilonUpperBound(atDelta: 1e-5)))
  }

  @Test(arguments: ["privacy.noise:\n    - none": "training.rounds: [2, 3]\n  privacy.noise:"])
  func settingsMayDifferInRounds(line: String, change: String) throws {
    #expect(try cost([line: change]).epsilonUpper != nil)
  }

  @Test func whatHasNoBoundSaysWhy() throws {
    let none = try cost(["    - {multiplier: 2.0}\n    - {multiplier: 0.8}\n": ""])
    #expect(none.description.hasSuffix(": no bound, since no setting is private"))
    let deltas = try cost(["sweep:": "sweep:\n  privacy.delta: [1.0e-5, 1.0e-6]"])
    #expect(deltas.description.hasSuffix(": no bound, since settings differ in relation or delta"))
  }
}
