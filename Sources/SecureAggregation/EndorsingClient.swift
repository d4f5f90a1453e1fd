/// A client that has signed who survived.
public struct EndorsingClient: ~Copyable {
  public let endorsement: Endorsement
  let member: Member
  let held: [ClientID: SharePair]
  let request: UnmaskingRequest

  /// Reveals what the endorsed request asks for, and ends the client's part. Against an active server as
  /// many survivors as the threshold must have signed the same request.
  public consuming func reveal(
    _ endorsements: Endorsements
  ) throws(SecureAggregationError) -> RevealedShares {
    let terms = member.terms
    guard endorsements.session == terms.session else { throw .wrongSession(member.id, .endorsing) }
    if let verificationKeys = terms.verificationKeys {
      for (client, signature) in endorsements.signatures.sorted(by: { $0.key < $1.key }) {
        guard request.survivors.contains(client) else {
          throw .unexpectedSender(client, .endorsing)
        }
        guard verificationKeys[client]!.accepts(signature, of: request.statement) else {
          throw .survivorsNotEndorsed(by: client)
        }
      }
      guard endorsements.signatures.count >= terms.threshold else {
        throw .tooFewSurvivors(
          .endorsing, survived: endorsements.signatures.count, needed: terms.threshold)
      }
    }
    return RevealedShares(
      session: terms.session, sender: member.id,
      selfMaskSeeds: held.filter { request.survivors.contains($0.key) }.mapValues(\.selfMaskSeed),
      maskingKeys: held.filter { request.silent.contains($0.key) }.mapValues(\.maskingKey))
  }
}
