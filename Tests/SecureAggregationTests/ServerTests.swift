import Testing

@testable import SecureAggregation

/// The servers of all steps: what they take, what they refuse, and that a refusal changes nothing.
@Suite struct ServerTests {
  private let sum = [UInt64](arrayLiteral: 15, 0, 3)
  private let rehearsal: Rehearsal

  init() throws {
    // Client 3's vector is lost: the others' add up to 15, 0 modulo 2^20 and 3.
    rehearsal = try Rehearsal(adversary: .active) { client in
      [UInt64(client.number) + 4, client == 2 ? 1 << 20 - 1 : UInt64((client.number + 1) % 2), 1]
    }
  }

  /// Takes part in every step as all clients do, with a chance to interfere.
  private func run(
    keys: (inout KeyCollectingServer, [KeyAdvertisement]) throws -> Void = { _, _ in },
    shares: (inout ShareCollectingServer, [SealedShares]) throws -> Void = { _, _ in },
    vectors: (inout VectorCollectingServer, [MaskedVector]) throws -> Void = { _, _ in },
    endorsements: (inout EndorsementCollectingServer, [Endorsement]) throws -> Void = { _, _ in },
    reveal: (inout [RevealedShares]) throws -> Void = { _ in },
    answers: (inout UnmaskingServer, [RevealedShares]) throws -> Void = { _, _ in }
  ) throws -> RingVector {
    var collectingKeys = KeyCollectingServer(rehearsal.terms)
    let advertised = rehearsal.advertise().messages
    for message in advertised { try collectingKeys.receive(message) }
    try keys(&collectingKeys, advertised)
    var collectingShares = try collectingKeys.close()
    #expect(collectingShares.roster == rehearsal.roster(rehearsal.advertise()))

    let sealed = try rehearsal.share()
    for message in sealed.messages { try collectingShares.receive(message) }
    try shares(&collectingShares, sealed.messages)
    var collectingVectors = try collectingShares.close()
    #expect(collectingVectors.sharers == rehearsal.terms.clients)
    for client in rehearsal.terms.clients {
      #expect(
        collectingVectors.delivery(to: client) == rehearsal.delivery(to: client, sealed))
    }

    let masked = try rehearsal.mask().messages
    for message in masked.dropLast() { try collectingVectors.receive(message) }
    try vectors(&collectingVectors, masked)
    var collectingEndorsements = try collectingVectors.close()
    let request = rehearsal.request(silent: [3])
    #expect(collectingEndorsements.request == request)

    let endorsed = try rehearsal.endorse(request)
    for message in endorsed.messages { try collectingEndorsements.receive(message) }
    try endorsements(&collectingEndorsements, endorsed.messages)
    var unmasking = try collectingEndorsements.close()
    #expect(unmasking.endorsements == rehearsal.endorsements(endorsed))

    var revealed = try rehearsal.reveal(request)
    try reveal(&revealed)
    for message in revealed { try unmasking.receive(message) }
    try answers(&unmasking, revealed)
    return try unmasking.sum()
  }

  @Test func theSumIsThatOfTheSurvivors() throws { #expect(try run().elements == sum) }

  @Test func everyMessageCountsOnce() throws {
    let total = try run(
      keys: { server, messages in
        #expect(throws: SecureAggregationError.repeatedMessage(1, .advertising)) {
          try server.receive(messages[1])
        }
      },
      shares: { server, messages in
        #expect(throws: SecureAggregationError.repeatedMessage(1, .sharing)) {
          try server.receive(messages[1])
        }
      },
      vectors: { server, messages in
        #expect(throws: SecureAggregationError.repeatedMessage(1, .masking)) {
          try server.receive(messages[1])
        }
      },
      endorsements: { server, messages in
        #expect(throws: SecureAggregationError.repeatedMessage(1, .endorsing)) {
          try server.receive(messages[1])
        }
      },
      answers: { server, messages in
        #expect(throws: SecureAggregationError.repeatedMessage(1, .revealing)) {
          try server.receive(messages[1])
        }
      })
    #expect(total.elements == sum)
  }

  @Test func messagesOfAnotherSessionAreRefused() throws {
    let other = try Rehearsal(adversary: .active, seed: 2)
    let total = try run(
      keys: { server, _ in
        let message = other.advertise().messages[1]
        #expect(throws: SecureAggregationError.wrongSession(1, .advertising)) {
          try server.receive(message)
        }
      },
      shares: { server, _ in
        let message = try other.share().messages[1]
        #expect(throws: SecureAggregationError.wrongSession(1, .sharing)) {
          try server.receive(message)
        }
      },
      vectors: { server, _ in
        let message = try other.mask().messages[3]
        #expect(throws: SecureAggregationError.wrongSession(3, .masking)) {
          try server.receive(message)
        }
      },
      endorsements: { server, _ in
        let message = try other.endorse(other.request()).messages[1]
        #expect(throws: SecureAggregationError.wrongSession(1, .endorsing)) {
          try server.receive(message)
        }
      },
      answers: { server, _ in
        let message = try other.reveal(other.request(silent: [3]))[1]
        #expect(throws: SecureAggregationError.wrongSession(1, .revealing)) {
          try server.receive(message)
        }
      })
    #expect(total.elements == sum)
  }

  @Test func clientsThatFellSilentStaySilent() throws {
    let everybody = try rehearsal.endorse(rehearsal.request())
    let total = try run(
      keys: { server, messages in
        var message = messages[1]
        message.sender = 9
        #expect(throws: SecureAggregationError.unexpectedSender(9, .advertising)) {
          try server.receive(message)
        }
      },
      endorsements: { server, _ in
        #expect(throws: SecureAggregationError.unexpectedSender(3, .endorsing)) {
          try server.receive(everybody.messages[3])
        }
      })
    #expect(total.elements == sum)
  }

  @Test func messagesThatAreNotDueAreRefused() throws {
    let endorsedOtherwise = try rehearsal.endorse(rehearsal.request()).messages[1]
    #expect(throws: SecureAggregationError.survivorsNotEndorsed(by: 1)) {
      var server = EndorsementCollectingServer(
        terms: rehearsal.terms, roster: rehearsal.roster(rehearsal.advertise()),
        total: RingVector(dimension: 3, in: rehearsal.terms.ring),
        request: rehearsal.request(silent: [3]))
      try server.receive(endorsedOtherwise)
    }
    #expect(throws: SecureAggregationError.incompleteMessage(1, .sharing)) {
      var server = ShareCollectingServer(
        terms: rehearsal.terms, roster: rehearsal.roster(rehearsal.advertise()))
      var message = try rehearsal.share().messages[1]
      message.ciphertexts[2] = nil
      try server.receive(message)
    }
    #expect(
      throws: SecureAggregationError.wrongShape(
        3, dimension: 2, bits: 20, expectedDimension: 3, expectedBits: 20)
    ) {
      try run(vectors: { server, messages in
        var message = messages[3]
        message.vector.elements.removeLast()
        try server.receive(message)
      })
    }
    #expect(throws: SecureAggregationError.incompleteMessage(1, .revealing)) {
      try run(reveal: { $0[1].maskingKeys = [:] })
    }
    #expect(throws: SecureAggregationError.incompleteMessage(1, .revealing)) {
      try run(reveal: { $0[1].maskingKeys[2] = $0[1].selfMaskSeeds[2] })
    }
    #expect(throws: SecureAggregationError.badSignature(1)) {
      var server = KeyCollectingServer(rehearsal.terms)
      var message = rehearsal.advertise().messages[1]
      message.maskingKey[3] ^= 1
      try server.receive(message)
    }
  }

  /// A wrong share restores a wrong secret, which its commitment or its public key betrays.
  @Test func tamperedSharesGiveNoSum() throws {
    #expect(throws: SecureAggregationError.wrongReconstruction(2)) {
      try run(reveal: { $0[1].selfMaskSeeds[2] = $0[1].selfMaskSeeds[0] })
    }
    #expect(throws: SecureAggregationError.wrongReconstruction(3)) {
      try run(reveal: { $0[0].maskingKeys[3] = $0[0].selfMaskSeeds[0] })
    }
    #expect(throws: SecureAggregationError.wrongReconstruction(0)) {
      try run(reveal: {
        let share = $0[2].selfMaskSeeds[0]!
        $0[2].selfMaskSeeds[0]!.pieces[4] = share.pieces[4] + .one
      })
    }
  }

  @Test func tooFewAnswersGiveNoSum() throws {
    #expect(
      throws: SecureAggregationError.tooFewSurvivors(.revealing, survived: 2, needed: 3)
    ) { try run(reveal: { $0.removeLast() }) }
  }
}
