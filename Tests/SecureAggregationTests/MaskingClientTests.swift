import Testing

@testable import SecureAggregation

/// What a client lets itself be asked.
@Suite struct MaskingClientTests {
  private func refusal(
    silent: Set<ClientID> = [3], _ alter: (inout UnmaskingRequest) -> Void
  ) throws -> SecureAggregationError? {
    let rehearsal = try Rehearsal()
    let stage = try rehearsal.mask()
    var request = rehearsal.request(silent: silent)
    alter(&request)
    do {
      _ = try stage.clients[0]!.take().endorse(request)
      return nil
    } catch {
      return error
    }
  }

  @Test func oneMaskOfEverybodyMayBeAsked() throws {
    #expect(try refusal { _ in } == nil)
    #expect(try refusal(silent: []) { _ in } == nil)
  }

  /// Both would bare a vector: of whoever it is.
  @Test func bothMasksOfOneClientAreRefused() throws {
    for client: ClientID in [0, 1, 3] {
      #expect(
        try refusal {
          $0.survivors.insert(client)
          $0.silent.insert(client)
        } == .bothMasksRequested(client))
    }
  }

  @Test func wrongRequestsAreRefused() throws {
    #expect(try refusal { $0.silent.remove(3) } == .neitherMaskRequested(3))
    #expect(try refusal { $0.survivors.insert(9) } == .unexpectedSender(9, .masking))
    #expect(
      try refusal {
        $0.survivors = [1, 2, 3]
        $0.silent = [0]
      } == .ownVectorLost(0))
    #expect(
      try refusal(silent: [2, 3]) { _ in }
        == .tooFewSurvivors(.masking, survived: 2, needed: 3))
    let other = try Rehearsal(seed: 2).terms.session
    #expect(try refusal { $0.session = other } == .wrongSession(0, .masking))
  }
}
