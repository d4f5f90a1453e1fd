import Randomness
import Testing

@testable import SecureAggregation

@Suite struct SecretShareTests {
  private struct Shared: Decodable {
    let secret: String
    let threshold: Int
    let clients: [UInt32]
    let shares: [String]
  }

  @Test func sharesOfAnotherImplementationRestoreItsSecret() throws {
    let given = try reference("secret_sharing.json", as: Shared.self)
    let shares = try given.shares.map { try #require(SecretShare(bytes: bytes($0))) }
    #expect(shares.map(\.bytes) == given.shares.map(bytes))
    let all = Array(given.clients.indices)
    for chosen in [
      Array(all.prefix(given.threshold)), Array(all.suffix(given.threshold)), [5, 0, 4, 2],
    ] {
      let reconstruction = SecretReconstruction(
        holders: chosen.map { ClientID(given.clients[$0]) })
      #expect(reconstruction.secret(of: chosen.map { shares[$0] }) == bytes(given.secret))
    }
  }

  @Test(arguments: [(2, 2), (2, 5), (5, 5), (14, 20)])
  func whatIsSplitIsRestoredByAnyThreshold(threshold: Int, count: Int) {
    let holders = (0..<UInt32(count)).map { ClientID($0 * 37) }
    var source = Entropy.simulated(StreamKey(seed: 11)).makeSource()
    var stream = RandomStream(StreamKey(seed: 12))
    for secret in [
      [UInt8](repeating: 0, count: 32), [UInt8](repeating: 255, count: 32), source.bytes(32),
    ] {
      let shares = SecretShare.split(
        secret, threshold: threshold, among: holders, entropy: &source)
      for _ in 0..<10 {
        let chosen = stream.sampleWithoutReplacement(threshold, outOf: count)
        let enough = SecretReconstruction(holders: chosen.map { holders[$0] })
        #expect(enough.secret(of: chosen.map { shares[$0] }) == secret)
        let fewer = SecretReconstruction(holders: chosen.dropLast().map { holders[$0] })
        #expect(fewer.secret(of: chosen.dropLast().map { shares[$0] }) != secret)
      }
    }
  }

  @Test func otherBytesAreNoShare() throws {
    #expect(SecretShare(bytes: [UInt8](repeating: 0, count: 40)) != nil)
    #expect(SecretShare(bytes: [UInt8](repeating: 0, count: 39)) == nil)
    #expect(SecretShare(bytes: [UInt8](repeating: 0, count: 41)) == nil)
    // The modulus itself, as the third piece.
    var tooLarge = [UInt8](repeating: 0, count: 40)
    tooLarge.replaceSubrange(16..<24, with: [255, 255, 255, 255, 255, 255, 255, 0x1f])
    #expect(SecretShare(bytes: tooLarge) == nil)
    tooLarge[16] = 254
    #expect(SecretShare(bytes: tooLarge) != nil)
  }

  /// Five pieces of 52 bits are four bits more than a secret has.
  @Test func sharesOfNoSecretAreNoticed() throws {
    let holder = SecretReconstruction(holders: [7])
    func restored(_ index: Int, _ byte: UInt8) throws -> [UInt8]? {
      var bytes = [UInt8](repeating: 0, count: 40)
      bytes[index] = byte
      return holder.secret(of: [try #require(SecretShare(bytes: bytes))])
    }
    #expect(try restored(37, 0x80) != nil)
    #expect(try restored(38, 0x01) == nil)
    #expect(try restored(38, 0x10) == nil)
    #expect(try restored(6, 0x08) != nil)
    #expect(try restored(6, 0x10) == nil)
  }
}
