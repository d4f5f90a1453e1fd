/// A client that has sent its masked vector.
public struct MaskingClient: ~Copyable {
  public let maskedVector: MaskedVector
  let member: Member
  /// The shares that it keeps, its own among them: of all clients that were to send vectors.
  let held: [ClientID: SharePair]

  /// Commits to the one request that it will answer, if that asks for exactly one mask of everybody.
  public consuming func endorse(
    _ request: UnmaskingRequest
  ) throws(SecureAggregationError) -> EndorsingClient {
    let id = member.id
    let terms = member.terms
    guard request.session == terms.session else { throw .wrongSession(id, .masking) }
    if let client = request.survivors.intersection(request.silent).min() {
      throw .bothMasksRequested(client)
    }
    let named = request.survivors.union(request.silent)
    if let client = named.subtracting(held.keys).min() {
      throw .unexpectedSender(client, .masking)
    }
    if let client = Set(held.keys).subtracting(named).min() { throw .neitherMaskRequested(client) }
    guard request.survivors.contains(id) else { throw .ownVectorLost(id) }
    guard request.survivors.count >= terms.threshold else {
      throw .tooFewSurvivors(
        .masking, survived: request.survivors.count, needed: terms.threshold)
    }
    let endorsement = Endorsement(
      session: terms.session, sender: id, signature: member.identity?.sign(request.statement))
    return EndorsingClient(
      endorsement: endorsement, member: member, held: held, request: request)
  }
}
