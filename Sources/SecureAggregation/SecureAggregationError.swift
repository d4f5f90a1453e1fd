/// Why a secure sum was not taken. No case carries a secret or a client's value.
public enum SecureAggregationError: Error, Hashable, Sendable {
  // What the parties agree on beforehand.
  case ringBitsOutOfRange(given: Int)
  case dimensionOutOfRange(given: Int)
  case tooFewClients(given: Int)
  case clientInvitedTwice(ClientID)
  case thresholdOutOfRange(given: Int, smallest: Int, clientCount: Int, adversary: Adversary)
  case noVerificationKey(ClientID)

  // What a client contributes.
  case elementOutsideRing(index: Int, bits: Int)
  case wrongShape(ClientID, dimension: Int, bits: Int, expectedDimension: Int, expectedBits: Int)

  // What arrives.
  /// Of another run: misdirected, or replayed.
  case wrongSession(ClientID, ProtocolStep)
  /// From a client that was not invited, or had fallen silent before.
  case unexpectedSender(ClientID, ProtocolStep)
  /// The second of this sender: replayed, or two clients under one name.
  case repeatedMessage(ClientID, ProtocolStep)
  case unusableKey(ClientID)
  /// Public keys of two clients are the same.
  case copiedKey(ClientID, ClientID)
  case badSignature(ClientID)
  /// The list of keys does not hold the client's own as it sent them.
  case ownKeysReplaced(ClientID)
  case misdeliveredShares(from: ClientID, to: ClientID)
  /// Shares that were altered, replayed or meant for somebody else.
  case undecipherableShares(from: ClientID, to: ClientID)
  case malformedShares(from: ClientID, to: ClientID)
  /// Both masks of one client asked for: together they bare its vector.
  case bothMasksRequested(ClientID)
  case neitherMaskRequested(ClientID)
  /// The client's masked vector was sent, and is said to be missing.
  case ownVectorLost(ClientID)
  /// The signature is not one of the survivors that the reader was told of.
  case survivorsNotEndorsed(by: ClientID)
  /// Shares for, or of, other clients than were asked for.
  case incompleteMessage(ClientID, ProtocolStep)
  /// The shares of this client's secret restore something that it did not commit to.
  case wrongReconstruction(ClientID)

  /// Fewer clients are left than the threshold: nothing can be revealed.
  case tooFewSurvivors(ProtocolStep, survived: Int, needed: Int)
}

extension SecureAggregationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .ringBitsOutOfRange(let given):
      "bits is \(given); integers are summed modulo 2^bits with bits from 1 to 64"
    case .dimensionOutOfRange(let given):
      "dimension is \(given); a vector has at least one element"
    case .tooFewClients(let given):
      "\(given) clients are invited; a sum hides a client only among others, so invite at least 2"
    case .clientInvitedTwice(let client):
      "\(client) is invited twice; give every client a number of its own"
    case .thresholdOutOfRange(let given, let smallest, let clientCount, let adversary):
      "threshold is \(given); with \(clientCount) clients and a server that is "
        + "\(adversary.rawValue) it must be from \(smallest) to \(clientCount)"
    case .noVerificationKey(let client):
      "\(client) is invited without a verification key; against an active server every client has one"
    case .elementOutsideRing(let index, let bits):
      "element \(index) of a vector is not below 2^\(bits); reduce it modulo 2^\(bits) or add bits"
    case .wrongShape(let client, let dimension, let bits, let expectedDimension, let expectedBits):
      "\(client) has \(dimension) integers modulo 2^\(bits); agreed are \(expectedDimension) modulo "
        + "2^\(expectedBits)"
    case .wrongSession(let client, let step):
      "a message after \(step.rawValue), from or to \(client), belongs to another session"
    case .unexpectedSender(let client, let step):
      "\(client) takes no part in \(step.rawValue): it was not invited, or had fallen silent"
    case .repeatedMessage(let client, let step):
      "a second \(step.rawValue) message came from \(client); only the first counts"
    case .unusableKey(let client):
      "\(client) published a key that is no usable X25519 key"
    case .copiedKey(let client, let other):
      "\(client) and \(other) published the same key"
    case .badSignature(let client):
      "the signature on the keys of \(client) is wrong: they are not its own"
    case .ownKeysReplaced(let client):
      "the server's list does not hold the keys that \(client) sent"
    case .misdeliveredShares(let sender, let recipient):
      "the shares delivered to \(recipient) from \(sender) are not due to it, or came twice"
    case .undecipherableShares(let sender, let recipient):
      "the shares from \(sender) to \(recipient) cannot be decrypted: they were altered or replayed"
    case .malformedShares(let sender, let recipient):
      "what \(sender) sent to \(recipient) are no shares"
    case .bothMasksRequested(let client):
      "the server asks for both masks of \(client), which would bare its vector; refused"
    case .neitherMaskRequested(let client):
      "the server says neither that \(client) survived nor that it fell silent; refused"
    case .ownVectorLost(let client):
      "the server says that \(client) fell silent, which it did not; refused"
    case .survivorsNotEndorsed(let client):
      "\(client) did not sign this list of survivors: it was shown another, or the signature is forged"
    case .incompleteMessage(let client, let step):
      "the \(step.rawValue) message of \(client) does not hold exactly the shares that are due"
    case .wrongReconstruction(let client):
      "the revealed shares do not restore the secret that \(client) committed to: one of them is wrong"
    case .tooFewSurvivors(let step, let survived, let needed):
      "\(survived) clients are left after \(step.rawValue) and \(needed) are needed; nothing is revealed"
    }
  }
}
