import Testing

@testable import SecureAggregation

/// When a client reveals, and what.
@Suite struct EndorsingClientTests {
  @Test(arguments: Adversary.allCases)
  func exactlyOneShareOfEverybodyIsRevealed(adversary: Adversary) throws {
    let rehearsal = try Rehearsal(adversary: adversary)
    for revealed in try rehearsal.reveal(rehearsal.request(silent: [3])) {
      #expect(Set(revealed.selfMaskSeeds.keys) == [0, 1, 2])
      #expect(Set(revealed.maskingKeys.keys) == [3])
    }
  }

  private func refusal(
    _ alter: (inout Endorsements, Rehearsal) throws -> Void
  ) throws -> SecureAggregationError? {
    let rehearsal = try Rehearsal(count: 5, adversary: .active)
    let stage = try rehearsal.endorse(rehearsal.request(silent: [4]))
    var endorsements = rehearsal.endorsements(stage)
    try alter(&endorsements, rehearsal)
    do {
      _ = try stage.clients[0]!.take().reveal(endorsements)
      return nil
    } catch {
      return error
    }
  }

  /// A server that shows half the clients one list of survivors and half another cannot gather enough
  /// signatures on either.
  @Test func inconsistentListsOfSurvivorsAreRefused() throws {
    #expect(
      try refusal { endorsements, rehearsal in
        let otherwise = try rehearsal.endorse(rehearsal.request(silent: []))
        endorsements.signatures[1] = rehearsal.endorsements(otherwise).signatures[1]
      } == .survivorsNotEndorsed(by: 1))
    #expect(
      try refusal { endorsements, _ in
        endorsements.signatures[1] = nil
        endorsements.signatures[2] = nil
      } == .tooFewSurvivors(.endorsing, survived: 2, needed: 3))
    // One signature for two clients.
    #expect(
      try refusal { endorsements, _ in endorsements.signatures[2] = endorsements.signatures[1] }
        == .survivorsNotEndorsed(by: 2))
    #expect(
      try refusal { endorsements, _ in endorsements.signatures[4] = endorsements.signatures[1] }
        == .unexpectedSender(4, .endorsing))
  }

  @Test func endorsementsOfAnotherSessionAreRefused() throws {
    let other = try Rehearsal(count: 5, adversary: .active, seed: 2)
    let replayed = other.endorsements(try other.endorse(other.request(silent: [4])))
    #expect(
      try refusal { endorsements, _ in endorsements = replayed } == .wrongSession(0, .endorsing))
    #expect(
      try refusal { endorsements, _ in endorsements.signatures = replayed.signatures }
        == .survivorsNotEndorsed(by: 0))
  }

  @Test func enoughEndorsementsAreEnough() throws {
    #expect(try refusal { _, _ in } == nil)
    #expect(try refusal { endorsements, _ in endorsements.signatures[3] = nil } == nil)
  }
}
