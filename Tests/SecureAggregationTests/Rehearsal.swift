import Randomness

@testable import SecureAggregation

/// A small session that a test walks through step by step, so that it can tamper with what is sent.
struct Rehearsal {
  /// What the clients have sent in a step, and where that left them.
  struct Stage<Message, State: ~Copyable> {
    var messages: [Message] = []
    var clients: [ClientID: Holder<State>] = [:]
  }

  let terms: SecureSumTerms
  let identities: [ClientID: SigningIdentity]
  let vectors: [ClientID: RingVector]
  let entropy: Entropy

  /// - Parameter count: Clients 0 ..< count, whose vectors are all zero unless given.
  init(
    count: Int = 4, threshold: Int = 3, dimension: Int = 3, bits: Int = 20,
    adversary: Adversary = .honestButCurious, seed: UInt64 = 1,
    vector: (ClientID) -> [UInt64]? = { _ in nil }
  ) throws {
    let entropy = Entropy.simulated(StreamKey(seed: seed))
    let clients = (0..<UInt32(count)).map { ClientID($0) }
    let ring = try Ring(bits: bits)
    let identities =
      adversary == .honestButCurious
      ? [:]
      : Dictionary(
        uniqueKeysWithValues: clients.map { ($0, SigningIdentity(of: $0, entropy: entropy)) })
    terms = try SecureSumTerms(
      session: SessionID(entropy: entropy), clients: clients, threshold: threshold,
      dimension: dimension, ring: ring,
      verificationKeys: adversary == .active ? identities.mapValues(\.verificationKey) : nil)
    vectors = Dictionary(
      uniqueKeysWithValues: try clients.map { client in
        (
          client,
          try RingVector(vector(client) ?? [UInt64](repeating: 0, count: dimension), in: ring)
        )
      })
    self.identities = identities
    self.entropy = entropy
  }

  func advertise() -> Stage<KeyAdvertisement, AdvertisingClient> {
    var stage = Stage<KeyAdvertisement, AdvertisingClient>()
    for client in terms.clients {
      let state = AdvertisingClient(
        client, terms: terms, identity: identities[client], entropy: entropy)
      stage.messages.append(state.advertisement)
      stage.clients[client] = Holder(state)
    }
    return stage
  }

  func roster(_ stage: Stage<KeyAdvertisement, AdvertisingClient>) -> Roster {
    Roster(session: terms.session, advertisements: stage.messages)
  }

  func share() throws -> Stage<SealedShares, SharingClient> {
    let before = advertise()
    var stage = Stage<SealedShares, SharingClient>()
    for client in terms.clients {
      let state = try before.clients[client]!.take().share(with: roster(before))
      stage.messages.append(state.shares)
      stage.clients[client] = Holder(state)
    }
    return stage
  }

  func delivery(
    to recipient: ClientID, _ stage: Stage<SealedShares, SharingClient>
  ) -> ShareDelivery {
    var delivery = ShareDelivery(session: terms.session, recipient: recipient, ciphertexts: [:])
    for shares in stage.messages where shares.sender != recipient {
      delivery.ciphertexts[shares.sender] = shares.ciphertexts[recipient]
    }
    return delivery
  }

  func mask() throws -> Stage<MaskedVector, MaskingClient> {
    let before = try share()
    var stage = Stage<MaskedVector, MaskingClient>()
    for client in terms.clients {
      let state = try before.clients[client]!.take().mask(
        vectors[client]!, delivery: delivery(to: client, before))
      stage.messages.append(state.maskedVector)
      stage.clients[client] = Holder(state)
    }
    return stage
  }

  func request(silent: Set<ClientID> = []) -> UnmaskingRequest {
    UnmaskingRequest(
      session: terms.session, survivors: Set(terms.clients).subtracting(silent), silent: silent)
  }

  /// Those whom the request calls survivors endorse it.
  func endorse(_ request: UnmaskingRequest) throws -> Stage<Endorsement, EndorsingClient> {
    let before = try mask()
    var stage = Stage<Endorsement, EndorsingClient>()
    for client in terms.clients where request.survivors.contains(client) {
      let state = try before.clients[client]!.take().endorse(request)
      stage.messages.append(state.endorsement)
      stage.clients[client] = Holder(state)
    }
    return stage
  }

  func endorsements(_ stage: Stage<Endorsement, EndorsingClient>) -> Endorsements {
    var endorsements = Endorsements(session: terms.session, signatures: [:])
    for endorsement in stage.messages {
      endorsements.signatures[endorsement.sender] = endorsement.signature
    }
    return endorsements
  }

  func reveal(_ request: UnmaskingRequest) throws -> [RevealedShares] {
    let before = try endorse(request)
    return try before.messages.map { message in
      try before.clients[message.sender]!.take().reveal(endorsements(before))
    }
  }
}

extension ClientID: ExpressibleByIntegerLiteral {
  init(integerLiteral number: UInt32) { self.init(number) }
}
