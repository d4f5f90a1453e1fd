import Testing

@testable import SecureAggregation

/// What a client makes of the list of keys that the server sends.
@Suite struct AdvertisingClientTests {
  private func refusal(
    _ adversary: Adversary = .honestButCurious, _ alter: (inout Roster) throws -> Void
  ) throws -> SecureAggregationError? {
    let rehearsal = try Rehearsal(adversary: adversary)
    let stage = rehearsal.advertise()
    var roster = rehearsal.roster(stage)
    try alter(&roster)
    do {
      _ = try stage.clients[0]!.take().share(with: roster)
      return nil
    } catch {
      return error
    }
  }

  @Test func aTrueListIsAccepted() throws {
    #expect(try refusal { _ in } == nil)
    #expect(try refusal(.active) { _ in } == nil)
    #expect(try refusal { $0.advertisements.removeLast() } == nil)
  }

  @Test func keysOfAnotherSessionAreRefused() throws {
    let other = try Rehearsal(seed: 2).advertise().messages
    #expect(try refusal { $0.advertisements[1] = other[1] } == .wrongSession(1, .advertising))
    // Under this session's name an honest-but-curious server would have to lie; a signature tells.
    let signed = try Rehearsal(adversary: .active, seed: 2).advertise().messages
    #expect(
      try refusal(.active) { roster in
        let session = roster.session
        roster.advertisements[1] = signed[1]
        roster.advertisements[1].session = session
      } == .badSignature(1))
  }

  @Test func duplicatesAreRefused() throws {
    #expect(
      try refusal { $0.advertisements.append($0.advertisements[1]) }
        == .repeatedMessage(1, .advertising))
    #expect(
      try refusal { $0.advertisements[2].maskingKey = $0.advertisements[1].maskingKey }
        == .copiedKey(1, 2))
    #expect(
      try refusal { $0.advertisements[2].sharingKey = $0.advertisements[1].maskingKey }
        == .copiedKey(1, 2))
    #expect(
      try refusal { $0.advertisements[2].sharingKey = $0.advertisements[2].maskingKey }
        == .unusableKey(2))
  }

  @Test func strangersAndMissingClientsAreNoticed() throws {
    #expect(
      try refusal { $0.advertisements[1].sender = 9 } == .unexpectedSender(9, .advertising))
    #expect(
      try refusal { $0.advertisements.removeLast(2) }
        == .tooFewSurvivors(.advertising, survived: 2, needed: 3))
    #expect(try refusal { $0.advertisements.removeFirst() } == .ownKeysReplaced(0))
    #expect(
      try refusal { $0.advertisements[0].maskingKey[0] ^= 1 } == .ownKeysReplaced(0))
  }

  /// Against a server in the middle: without signatures it can replace keys, with them it cannot.
  @Test func replacedKeysAreNoticedByTheirSignature() throws {
    let stranger = try Rehearsal(seed: 3).advertise().messages[1]
    func replace(_ roster: inout Roster) {
      roster.advertisements[1].sharingKey = stranger.sharingKey
      roster.advertisements[1].maskingKey = stranger.maskingKey
    }
    #expect(try refusal(.honestButCurious, replace) == nil)
    #expect(try refusal(.active, replace) == .badSignature(1))
    #expect(try refusal(.active) { $0.advertisements[1].signature = nil } == .badSignature(1))
    #expect(
      try refusal(.active) { $0.advertisements[1].signature = $0.advertisements[2].signature }
        == .badSignature(1))
    #expect(
      try refusal(.active) { $0.advertisements[1].selfMaskCommitment[0] ^= 1 } == .badSignature(1))
  }

  /// Points of low order (RFC 7748, section 6.1), with which every agreement is zero.
  @Test func keysOfLowOrderAreRefused() throws {
    let zero = [UInt8](repeating: 0, count: 32)
    let one = [1] + [UInt8](repeating: 0, count: 31)
    for key in [zero, one] {
      #expect(try refusal { $0.advertisements[1].sharingKey = key } == .unusableKey(1))
    }
    #expect(try refusal { $0.advertisements[1].sharingKey = [1, 2] } == .unusableKey(1))
  }
}
