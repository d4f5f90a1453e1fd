import Accounting
import Foundation
import Results
import Testing

@testable import Experiments

@Suite struct PublicationCostTests {
  private func plan(_ changes: [String: String]) throws -> Plan {
    try TinyExperiment.plan(TinyExperiment.source(changes))
  }

  private func everyone(_ accountant: String) throws -> PublicationCost {
    try plan([
      "{poisson_rate: 0.25}": "everyone", "accountant: pld": "accountant: \(accountant)",
    ]).publication
  }

  /// Gaussian releases to everybody compose to one whose squared mean shift is the sum of
  /// 1 / multiplier^2, and its delta has a closed form (Dong, Roth & Su 2022, Corollary 2.13).
  @Test(arguments: ["gaussian-dp", "pld"])
  func fullParticipationHasAClosedForm(accountant: String) throws {
    let publication = try everyone(accountant)
    let (rounds, replicates) = (3.0, 2.0)
    let mu = (rounds * replicates * (1 / (2.0 * 2.0) + 1 / (0.8 * 0.8))).squareRoot()
    let epsilon = try #require(publication.epsilonUpper)
    func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }
    let delta = normal(-epsilon / mu + mu / 2) - exp(epsilon) * normal(-epsilon / mu - mu / 2)
    #expect(delta <= 1e-5 * (1 + 1e-9))
    #expect(delta > 1e-5 * (1 - 1e-6))
    #expect(publication.delta == 1e-5)
    #expect(publication.reason == nil)
  }

  @Test func renyiCostsAtLeastTheExactPrice() throws {
    let exact = try #require(try everyone("gaussian-dp").epsilonUpper)
    let renyi = try #require(try everyone("rdp").epsilonUpper)
    #expect(renyi >= exact)
    #expect(renyi < 1.3 * exact)
  }

  @Test(arguments: [[:], ["{poisson_rate: 0.25}": "everyone"]])
  func allTrialsCostMoreThanAnyOne(changes: [String: String]) throws {
    let plan = try plan(changes)
    let cost = try #require(plan.publication.epsilonUpper)
    let priced = plan.trials.filter(\.claim.isPrivate)
    #expect(priced.count == plan.publication.privateTrials && priced.count == 4)
    #expect(priced.allSatisfy { $0.claim.epsilonUpper < cost })
    #expect(plan.publication.nonPrivateTrials == 2)
  }

  /// Clients take their turns in the same order in every replicate: three rounds of two replicates and
  /// two multipliers are, to each of the first three clients, one answer of all four.
  @Test func turnsAreThoseOfAllReplicates() throws {
    let publication = try plan([
      "{poisson_rate: 0.25}": "in_turn", "add-or-remove-one": "zero-out",
      "accountant: pld": "accountant: gaussian-dp",
    ]).publication
    let cost = try #require(publication.epsilonUpper)
    var accountant = GaussianDPAccountant(relation: .zeroOut)
    for multiplier in [2, 0.8] {
      try accountant.compose(.gaussian(noiseMultiplier: multiplier), count: 2)
    }
    let expected = try accountant.epsilon(atDelta: 1e-5).upper
    #expect((cost / expected - 1).magnitude < 1e-9)
  }

  /// Settings of one replicate answer about the same cohorts: together they are one answer with
  /// multiplier (2^-2 + 0.8^-2)^(-1/2), which costs more than answers about cohorts of their own.
  @Test func sharedCohortsArePricedAsShared() throws {
    let cost = try #require(try plan(["replicates: 2": "replicates: 1"]).publication.epsilonUpper)
    func price(_ event: PrivacyEvent) throws -> Double {
      var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
      try accountant.compose(event, count: 3)
      return try accountant.epsilon(atDelta: 1e-5).upper
    }
    func release(_ multiplier: Double) -> PrivacyEvent {
      .poissonSampled(.gaussian(noiseMultiplier: multiplier), samplingRate: 0.25)
    }
    let together = try price(release(1 / (1 / (2.0 * 2.0) + 1 / (0.8 * 0.8)).squareRoot()))
    let apart = try price(.composed([release(2), release(0.8)]))
    #expect(abs(cost / together - 1) < 1e-6)
    #expect(cost > apart)
  }

  /// Replicates draw their own cohorts, so each is one more run of the same rounds.
  @Test func replicatesCompose() throws {
    let two = try #require(try plan([:]).publication.epsilonUpper)
    let sixRounds = try #require(
      try plan(["replicates: 2": "replicates: 1", "rounds: 3\n": "rounds: 6\n"])
        .publication.epsilonUpper)
    #expect(abs(two / sixRounds - 1) < 1e-9)
  }

  @Test func trialsThatDifferInCohortsHaveNoBound() throws {
    let publication = try TinyExperiment.plan(
      TinyExperiment.plain(["smoke:": "sweep:\n  training.rounds: [2, 3]\nsmoke:"])
    ).publication
    #expect(publication.epsilonUpper == nil)
    #expect(
      publication.description
        == "publishing all 4 private trials, or the best of them: no bound, since trials differ in "
        + "clients, sampling, rounds, relation, delta or accountant, while they share random "
        + "cohorts: no bound on all together is known here")
  }

  @Test func withoutNoiseThereIsNoBound() throws {
    let publication = try TinyExperiment.plan(
      TinyExperiment.plain(["{multiplier: 1.0}": "none"])
    ).publication
    #expect(publication.epsilonUpper == nil)
    #expect(publication.privateTrials == 0 && publication.nonPrivateTrials == 2)
    #expect(publication.description.contains("no bound, since no trial is private"))
    #expect(
      publication.description.hasSuffix(
        "publishing any of the 2 trials without noise: no bound"))
  }

  @Test func theStatementIsRoundedUp() throws {
    let publication = try plan([:]).publication
    let epsilon = try #require(publication.epsilonUpper)
    let match = try #require(publication.description.firstMatch(of: /epsilon <= ([0-9.]+) at/))
    let printed = try #require(Double(match.1))
    #expect(printed >= epsilon && printed < 1.001 * epsilon)
    #expect(publication.description.contains("at delta = 1e-05, by composition"))
  }
}
