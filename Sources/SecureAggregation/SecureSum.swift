/// The sum of vectors of integers modulo `2^bits`, taken by a server that never sees one of them:
/// the protocol of Bonawitz et al., Practical secure aggregation for privacy-preserving machine
/// learning, CCS 2017, figure 4, with its cryptography, between simulated parties.
///
/// Every pair of clients agrees on a mask that one adds and the other subtracts, and every client adds a
/// self mask. The secrets behind the masks are shared among all, so that the server can remove what does
/// not cancel when clients fall silent: the self mask of a client that stayed, or the pair masks of one
/// that did not.
///
/// **Whom it withstands.** A server that is honest but curious, together with up to `threshold - 1`
/// clients: all that they learn of the others is the sum of the others' vectors. Against a server that may
/// send anything (``Adversary/active``), clients sign their keys and the list of survivors, and reveal
/// nothing unless as many as the threshold signed the same list; then up to `2 threshold - n - 1` clients
/// may help it (``SecureSumTerms/largestCollusion``), and it still chooses whom it leaves out. A client that lies about its vector, or reveals a wrong share, can
/// spoil the sum but bares nobody; the wrong share is noticed and no sum is given. A sum hides a vector
/// only as well as the other vectors do: privacy needs noise in it besides.
///
/// **What is real**: X25519 agreement, HKDF-SHA256, AES-256-GCM, AES-256-CTR masks and Ed25519, all from
/// swift-crypto; Shamir's shares over a prime field; every check of every message; the clients' entropy
/// unless ``Entropy/simulated(_:)`` is asked for. Beyond figure 4, each client commits to its self mask, and
/// opens its shares before it sends its vector and not after.
///
/// **What is simulated**: the network, its authentication of clients to the server, and its timing (a
/// client falls silent at a given step); and the registration of verification keys. Messages are
/// structures whose sizes are counted, not bytes on a wire, and secrets are not wiped from memory.
public struct SecureSum: Sendable {
  /// Modulo `2^bits`.
  public let total: RingVector
  /// Whose vectors are in the total, ascending.
  public let survivors: [ClientID]
  public let terms: SecureSumTerms
  /// Of every client, until it fell silent.
  public let traffic: [ClientID: Traffic]
  /// Of all parties together, one after the other on this thread.
  public let durations: [ProtocolStep: Duration]

  /// Runs the protocol in a session of its own.
  /// - Parameters:
  ///   - vectors: All of one ring and dimension.
  ///   - threshold: See ``SecureSumTerms``.
  ///   - silentFrom: Who stops, and the first step at which nothing comes from it. A client that is
  ///     silent from the endorsing step on has sent its vector, which is in the total.
  ///   - entropy: One key makes one run; another run needs another.
  public init(
    of vectors: [ClientID: RingVector], threshold: Int,
    against adversary: Adversary = .honestButCurious,
    silentFrom: [ClientID: ProtocolStep] = [:], entropy: Entropy = .system
  ) throws(SecureAggregationError) {
    let clients = vectors.keys.sorted()
    guard let first = clients.first, let shape = vectors[first] else {
      throw .tooFewClients(given: 0)
    }
    let identities: [ClientID: SigningIdentity] =
      switch adversary {
      case .honestButCurious: [:]
      case .active:
        Dictionary(
          uniqueKeysWithValues: clients.map { ($0, SigningIdentity(of: $0, entropy: entropy)) })
      }
    terms = try SecureSumTerms(
      session: SessionID(entropy: entropy), clients: clients, threshold: threshold,
      dimension: shape.dimension, ring: shape.ring,
      verificationKeys: adversary == .active ? identities.mapValues(\.verificationKey) : nil)
    for client in clients { try terms.check(shapeOf: vectors[client]!, from: client) }

    var simulation = Simulation(silentFrom: silentFrom)
    var advertising: [(ClientID, Holder<AdvertisingClient>)] = []
    var collectingKeys = KeyCollectingServer(terms)
    for client in simulation.speakers(clients, at: .advertising) {
      let state = AdvertisingClient(
        client, terms: terms, identity: identities[client], entropy: entropy)
      simulation.count(up: state.advertisement.byteCount, from: client)
      try collectingKeys.receive(state.advertisement)
      advertising.append((client, Holder(state)))
    }
    var collectingShares = try collectingKeys.close()
    simulation.end(.advertising)

    var sharing: [(ClientID, Holder<SharingClient>)] = []
    for (client, holder) in simulation.speakers(advertising, at: .sharing) {
      simulation.count(down: collectingShares.roster.byteCount, to: client)
      let state = try holder.take().share(with: collectingShares.roster)
      simulation.count(up: state.shares.byteCount, from: client)
      try collectingShares.receive(state.shares)
      sharing.append((client, Holder(state)))
    }
    var collectingVectors = try collectingShares.close()
    simulation.end(.sharing)

    var masking: [(ClientID, Holder<MaskingClient>)] = []
    for (client, holder) in simulation.speakers(sharing, at: .masking) {
      let delivery = collectingVectors.delivery(to: client)
      simulation.count(down: delivery.byteCount, to: client)
      let state = try holder.take().mask(vectors[client]!, delivery: delivery)
      simulation.count(up: state.maskedVector.byteCount, from: client)
      try collectingVectors.receive(state.maskedVector)
      masking.append((client, Holder(state)))
    }
    survivors = masking.map(\.0)
    var collectingEndorsements = try collectingVectors.close()
    simulation.end(.masking)

    var endorsing: [(ClientID, Holder<EndorsingClient>)] = []
    for (client, holder) in simulation.speakers(masking, at: .endorsing) {
      simulation.count(down: collectingEndorsements.request.byteCount, to: client)
      let state = try holder.take().endorse(collectingEndorsements.request)
      simulation.count(up: state.endorsement.byteCount, from: client)
      try collectingEndorsements.receive(state.endorsement)
      endorsing.append((client, Holder(state)))
    }
    var unmasking = try collectingEndorsements.close()
    simulation.end(.endorsing)

    for (client, holder) in simulation.speakers(endorsing, at: .revealing) {
      simulation.count(down: unmasking.endorsements.byteCount, to: client)
      let shares = try holder.take().reveal(unmasking.endorsements)
      simulation.count(up: shares.byteCount, from: client)
      try unmasking.receive(shares)
    }
    total = try unmasking.sum()
    simulation.end(.revealing)
    traffic = simulation.traffic
    durations = simulation.durations
  }
}

/// What happens around the protocol: who falls silent, and what bytes and time it takes.
private struct Simulation {
  let silentFrom: [ClientID: ProtocolStep]
  private(set) var traffic: [ClientID: Traffic] = [:]
  private(set) var durations: [ProtocolStep: Duration] = [:]
  private var stepBegan = ContinuousClock.now

  init(silentFrom: [ClientID: ProtocolStep]) { self.silentFrom = silentFrom }

  func speakers(_ clients: [ClientID], at step: ProtocolStep) -> [ClientID] {
    clients.filter { isSpeaking($0, at: step) }
  }

  /// What each client yet speaking left behind at its step before.
  func speakers<State>(
    _ clients: [(ClientID, State)], at step: ProtocolStep
  ) -> [(ClientID, State)] {
    clients.filter { isSpeaking($0.0, at: step) }
  }

  private func isSpeaking(_ client: ClientID, at step: ProtocolStep) -> Bool {
    guard let silent = silentFrom[client] else { return true }
    return step < silent
  }

  mutating func count(up bytes: Int, from client: ClientID) {
    traffic[client, default: Traffic()].up += bytes
  }

  mutating func count(down bytes: Int, to client: ClientID) {
    traffic[client, default: Traffic()].down += bytes
  }

  mutating func end(_ step: ProtocolStep) {
    let now = ContinuousClock.now
    durations[step] = now - stepBegan
    stepBegan = now
  }
}
