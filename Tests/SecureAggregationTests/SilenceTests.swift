import Testing

@testable import SecureAggregation

/// Every pattern of silence in a small group.
@Suite struct SilenceTests {
  /// A session in which everybody has masked a vector; that does not depend on who falls silent then.
  private struct Masked {
    let rehearsal: Rehearsal
    let roster: Roster
    private let states: [ClientID: (MaskedVector, Member, [ClientID: SharePair])]

    init(_ rehearsal: Rehearsal) throws {
      self.rehearsal = rehearsal
      roster = rehearsal.roster(rehearsal.advertise())
      states = try rehearsal.mask().clients.mapValues { holder in
        let state = holder.take()
        return (state.maskedVector, state.member, state.held)
      }
    }

    private func endorser(
      _ client: ClientID, _ request: UnmaskingRequest
    ) throws -> Holder<EndorsingClient> {
      let (maskedVector, member, held) = states[client]!
      return Holder(
        try MaskingClient(maskedVector: maskedVector, member: member, held: held)
          .endorse(request))
    }

    /// What the server computes from the vectors of some, of whom some answer.
    func sum(sending: [ClientID], staying: [ClientID]) throws -> [UInt64] {
      var collecting = VectorCollectingServer(
        terms: rehearsal.terms, roster: roster, sharers: rehearsal.terms.clients, ciphertexts: [:])
      for client in sending { try collecting.receive(states[client]!.0) }
      var endorsing = try collecting.close()
      var stayed: [Holder<EndorsingClient>] = []
      for client in staying {
        let state = try endorser(client, endorsing.request).take()
        try endorsing.receive(state.endorsement)
        stayed.append(Holder(state))
      }
      var unmasking = try endorsing.close()
      for holder in stayed {
        try unmasking.receive(try holder.take().reveal(unmasking.endorsements))
      }
      return try unmasking.sum().elements
    }
  }

  /// Everybody stays, leaves before sending a vector, or leaves after: 3^n patterns. Those that leave as
  /// many as the threshold give the plain sum of the vectors that were sent, the others none.
  @Test(
    arguments: [
      (5, 2, Adversary.honestButCurious), (5, 3, .honestButCurious), (5, 4, .active),
      (6, 4, .honestButCurious),
    ])
  func theSumIsThePlainOneForEveryPattern(
    count: Int, threshold: Int, adversary: Adversary
  ) throws {
    let masked = try Masked(
      Rehearsal(count: count, threshold: threshold, adversary: adversary) {
        [UInt64($0.number) + 1, 1 << (3 * UInt64($0.number)), 1 << 20 - UInt64($0.number) - 1]
      })
    let clients = masked.rehearsal.terms.clients
    var pattern = [Int](repeating: 0, count: count)
    repeat {
      let sending = clients.filter { pattern[Int($0.number)] != 1 }
      let staying = clients.filter { pattern[Int($0.number)] == 0 }
      let result = Result { try masked.sum(sending: sending, staying: staying) }
      if sending.count < threshold {
        expect(result, endsAt: .masking, survived: sending.count, needed: threshold)
      } else if staying.count < threshold {
        expect(result, endsAt: .endorsing, survived: staying.count, needed: threshold)
      } else {
        let plain = (0..<3).map { index in
          sending.reduce(0) { $0 + masked.rehearsal.vectors[$1]!.elements[index] } % (1 << 20)
        }
        #expect(try result.get() == plain, "pattern \(pattern)")
      }
    } while advance(&pattern)
  }

  private func expect(
    _ result: Result<[UInt64], any Error>, endsAt step: ProtocolStep, survived: Int, needed: Int
  ) {
    #expect(
      throws: SecureAggregationError.tooFewSurvivors(step, survived: survived, needed: needed)
    ) { try result.get() }
  }

  /// Counts on in base 3; false after the last pattern.
  private func advance(_ pattern: inout [Int]) -> Bool {
    for index in pattern.indices {
      pattern[index] = (pattern[index] + 1) % 3
      if pattern[index] > 0 { return true }
    }
    return false
  }
}
