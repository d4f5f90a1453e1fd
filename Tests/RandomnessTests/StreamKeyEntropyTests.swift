import Testing

@testable import Randomness

@Suite struct StreamKeyEntropyTests {
  /// RFC 8439, appendix A.1, test vector 3: block 1 of the key whose last byte is 1, with nonce 0.
  @Test func theBytesAreTheKey() {
    var stream = RandomStream(StreamKey(entropy: [UInt8](repeating: 0, count: 31) + [1]))
    for _ in 0..<8 { _ = stream.uniformWord() }
    #expect(stream.uniformWord() == 0x2452_eb3a_9249_f8ec)
    #expect(stream.uniformWord() == 0x8d82_9d9b_ddd4_ceb1)
  }

  @Test func everyByteCounts() {
    let zero = [UInt8](repeating: 0, count: 32)
    let keys = (0..<32).map { place in
      var bytes = zero
      bytes[place] = 0x80
      return StreamKey(entropy: bytes)
    }
    #expect(Set(keys + [StreamKey(entropy: zero)]).count == 33)
  }

  @Test func keysOfOtherLengthsAreRefused() async {
    await #expect(processExitsWith: .failure) { _ = StreamKey(entropy: [1, 2, 3]) }
  }
}
