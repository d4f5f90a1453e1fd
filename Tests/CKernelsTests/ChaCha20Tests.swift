import CKernels
import Testing

@Suite struct ChaCha20Tests {
  /// A key given as bytes, and words 12 to 15: counter and nonce.
  struct Vector: Sendable, CustomTestStringConvertible {
    let name: String
    let key: [UInt8]
    let tail: [UInt32]
    let block: String

    var testDescription: String { name }
  }

  static let sequentialKey = [UInt8](0..<32)

  /// RFC 8439 (2018), with its 32-bit counter and 96-bit nonce; blocks as little-endian words.
  static let rfc8439 = [
    Vector(
      name: "2.3.2", key: sequentialKey, tail: [1, 0x0900_0000, 0x4a00_0000, 0],
      block: """
        e4e7f110 15593bd1 1fdd0f50 c47120a3 c7f4d1c7 0368c033 9aaa2204 4e6cd4c3 \
        466482d2 09aa9f07 05d7c214 a2028bd9 d19c12b5 b94e16de e883d0cb 4e3c50a2
        """),
    Vector(
      name: "2.4.2, first block", key: sequentialKey, tail: [1, 0, 0x4a00_0000, 0],
      block: """
        f3514f22 e1d91b40 6f27de2f ed1d63b8 821f138c e2062c3d ecca4f7e 78cff39e \
        a30a3b8a 920a6072 cd7479b5 34932bed 40ba4c79 cd343ec6 4c2c21ea b7417df0
        """),
    Vector(
      name: "A.1 #1", key: [UInt8](repeating: 0, count: 32), tail: [0, 0, 0, 0],
      block: """
        ade0b876 903df1a0 e56a5d40 28bd8653 b819d2bd 1aed8da0 ccef36a8 c70d778b \
        7c5941da 8d485751 3fe02477 374ad8b8 f4b8436a 1ca11815 69b687c3 8665eeb2
        """),
    Vector(
      name: "A.1 #2", key: [UInt8](repeating: 0, count: 32), tail: [1, 0, 0, 0],
      block: """
        bee7079f 7a385155 7c97ba98 0d082d73 a0290fcb 6965e348 3e53c612 ed7aee32 \
        7621b729 434ee69c b03371d5 d539d874 281fed31 45fb0a51 1f0ae1ac 6f4d794b
        """),
    Vector(
      name: "A.1 #3", key: [UInt8](repeating: 0, count: 31) + [1], tail: [1, 0, 0, 0],
      block: """
        2452eb3a 9249f8ec 8d829d9b ddd4ceb1 e8252083 60818b01 f38422b8 5aaa49c9 \
        bb00ca8e da3ba7b4 c4b592d1 fdf2732f 4436274e 2561b3c8 ebdd4aa6 a0136c00
        """),
    Vector(
      name: "A.1 #4", key: [0, 0xff] + [UInt8](repeating: 0, count: 30), tail: [2, 0, 0, 0],
      block: """
        fb4dd572 4bc42ef1 df922636 327f1394 a78dea8f 5e269039 a1bebbc1 caf09aae \
        a25ab213 48a6b46c 1b9d9bcb 092c5be6 546ca624 1bec45d5 87f47473 96f0992e
        """),
    Vector(
      name: "A.1 #5", key: [UInt8](repeating: 0, count: 32), tail: [0, 0, 0, 0x0200_0000],
      block: """
        374dc6c2 3736d58c b904e24a cd3f93ef 88228b1a 96a4dfb3 5b76ab72 c727ee54 \
        0e0e978a f3145c95 1b748ea8 f786c297 99c28f5f 628314e8 398a19fa 6ded1b53
        """),
  ]

  /// Four blocks over the carry of the 64-bit counter from 2^32 - 2 on, nonce 0.
  ///
  /// OpenSSL 3.0.19: head -c 256 /dev/zero | openssl enc -chacha20 -K 000102…1f
  /// -iv feffffff000000000000000000000000
  static let carryBlocks = """
    332984d4 3beedf3a 36570503 9cab76a2 5ff94f8f 551fa1d1 4666acdd 9cfc9e65 \
    9ea107e3 1d3dc1c9 abae001f 50c8cc36 c8fe699b b312f562 2178ccde 91732029 \
    b8dee01c eacc5f92 e887552d 59450550 b1becbed c0e1c8a6 ab891e2c 1cb008ba \
    fe4860ad 2e24b55a effbbed6 fc40406b f3a566b6 2a948d85 884e2c91 421a3000 \
    09fb38d8 3a2e6e53 3ff2e810 a6736248 e6d8429f ed81d740 3c7984e3 6425c334 \
    e56143fc 20b6c5d5 28053b58 614c2f19 0e3af209 e68e3914 f2dc7c53 a20e61cd \
    ee7b3f94 2a9ce3c4 f3d35b77 5bdd3f6d d8f0b821 3dd9f92d 59f74095 cd11a117 \
    265cae61 29638740 d285133b 102eb602 9b7d1f40 2d4012f1 534afc67 5ad73462
    """

  @Test(arguments: rfc8439) func blockAgreesWithRFC8439(vector: Vector) {
    #expect(block(key: words(of: vector.key), tail: vector.tail) == parse(vector.block))
  }

  @Test(arguments: supportedLevels) func batchCarriesLikeOpenSSL(level: tradeoff_vector_level) {
    let batch = batchBlocks(
      level: level, key: words(of: Self.sequentialKey), from: 0xffff_fffe)
    #expect(Array(batch.joined().prefix(64)) == parse(Self.carryBlocks))
  }

  @Test(
    arguments: supportedLevels, [0, 1, 0xffff_fff5, 0x7_ffff_fff1, UInt64.max - 3])
  func batchIsSixteenBlocks(level: tradeoff_vector_level, counter: UInt64) {
    let key = words(of: Self.sequentialKey)
    let expected = (0..<16).map { (index: UInt64) in
      let counter = counter &+ index
      return block(
        key: key, tail: [UInt32(truncatingIfNeeded: counter), UInt32(counter >> 32), 0, 0])
    }
    #expect(batchBlocks(level: level, key: key, from: counter) == expected)
  }

  @Test func streamReadsTheKeystreamInOrder() {
    var stream = tradeoff_chacha20_stream()
    tradeoff_chacha20_stream_start(&stream, words(of: Self.sequentialKey))
    tradeoff_chacha20_stream_seek(&stream, 0xffff_fffe)
    let drawn = (0..<64).map { _ in UInt32(tradeoff_chacha20_gsl_get(&stream)) }
    #expect(drawn == parse(Self.carryBlocks))
  }

  @Test func streamCrossesItsBufferInOrder() {
    var stream = tradeoff_chacha20_stream()
    let key = words(of: Self.sequentialKey)
    tradeoff_chacha20_stream_start(&stream, key)
    let drawn = (0..<640).map { _ in UInt32(tradeoff_chacha20_gsl_get(&stream)) }
    #expect(drawn == (0..<40).flatMap { block(key: key, tail: [$0, 0, 0, 0]) })
  }

  @Test func untouchedBlockIsTheFirstWithoutADrawnWord() {
    var stream = tradeoff_chacha20_stream()
    tradeoff_chacha20_stream_start(&stream, words(of: Self.sequentialKey))
    for drawn in UInt64(0)...600 {
      #expect(tradeoff_chacha20_stream_untouched_block(&stream) == (drawn + 15) / 16)
      _ = tradeoff_chacha20_gsl_get(&stream)
    }
  }

  @Test func wideDrawsTakeTwoWordsHighFirst() {
    var narrow = tradeoff_chacha20_stream()
    tradeoff_chacha20_stream_start(&narrow, words(of: Self.sequentialKey))
    var wide = narrow
    var double = narrow
    for _ in 0..<300 {
      let high = UInt64(tradeoff_chacha20_gsl_get(&narrow))
      let expected = high << 32 | UInt64(tradeoff_chacha20_gsl_get(&narrow))
      #expect(tradeoff_chacha20_stream_next64(&wide) == expected)
      #expect(tradeoff_chacha20_gsl_get_double(&double) * 0x1p53 == Double(expected >> 11))
    }
  }

  @Test func seedsFillTheKey() {
    var key = [UInt32](repeating: 0, count: 8)
    tradeoff_chacha20_key_from_seed(0x0123_4567_89ab_cdef, &key)
    #expect(Array(key.prefix(2)) == [0x89ab_cdef, 0x0123_4567])
    #expect(Array(key.dropFirst(2)) == words(of: Array("tradeoff stream key v1  ".utf8)))
  }
}

/// The levels that the processor running the tests can show to agree.
let supportedLevels: [tradeoff_vector_level] = [.portable, .avx2, .avx512].filter {
  $0.rawValue <= tradeoff_vector_level_best().rawValue
}

func block(key: [UInt32], tail: [UInt32]) -> [UInt32] {
  var block = [UInt32](repeating: 0, count: 16)
  tradeoff_chacha20_block(key, tail, &block)
  return block
}

/// The kernel's sixteen blocks, each with its words in order.
func batchBlocks(
  level: tradeoff_vector_level, key: [UInt32], from counter: UInt64
) -> [[UInt32]] {
  var batch = [UInt32](repeating: 0, count: 256)
  tradeoff_chacha20_batch(level, key, counter, &batch)
  return (0..<16).map { block in (0..<16).map { word in batch[16 * word + block] } }
}

private func words(of bytes: [UInt8]) -> [UInt32] {
  stride(from: 0, to: bytes.count, by: 4).map { start in
    bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}

private func parse(_ hexadecimalWords: String) -> [UInt32] {
  hexadecimalWords.split(separator: " ").map { UInt32($0, radix: 16)! }
}
