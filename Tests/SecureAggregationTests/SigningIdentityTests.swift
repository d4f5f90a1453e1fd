import Testing

@testable import SecureAggregation

@Suite struct SigningIdentityTests {
  private struct Masking: Decodable {
    struct Signed: Decodable {
      let verificationKey: String
      let statement: String
      let signature: String
    }

    let signed: Signed
  }

  @Test func signaturesOfAnotherImplementationAreAccepted() throws {
    let signed = try reference("masking.json", as: Masking.self).signed
    let key = VerificationKey(bytes: bytes(signed.verificationKey))
    let statement = bytes(signed.statement)
    #expect(key.accepts(bytes(signed.signature), of: statement))
    #expect(!key.accepts(bytes(signed.signature), of: statement.dropLast()))
    #expect(!key.accepts(nil, of: statement))
    #expect(!key.accepts([], of: statement))
  }

  @Test func clientsAcceptTheirOwnSignaturesAlone() {
    let (one, other) = (SigningIdentity(of: 1), SigningIdentity(of: 2))
    let signature = one.sign([1, 2, 3])
    #expect(signature.count == 64)
    #expect(one.verificationKey.accepts(signature, of: [1, 2, 3]))
    #expect(!other.verificationKey.accepts(signature, of: [1, 2, 3]))
  }
}
