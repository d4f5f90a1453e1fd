internal import Crypto
internal import CryptoExtras
internal import Foundation

/// A uniform vector as long as is asked for, from a key that makes no other: the keystream of AES-256 in
/// counter mode from block 0 on, cut into little-endian words of 32 bits for rings of up to 32, and of
/// 64 bits for others; of each word the low bits.
struct Mask {
  let key: SymmetricKey

  /// Bytes made at a time: few enough to stay in the cache until they are added.
  private static let pieceByteCount = 1 << 16
  private static let zeros = [UInt8](repeating: 0, count: pieceByteCount)
  private static let blockByteCount = 16

  /// The keystream's piece with the given number, shortened to `byteCount`.
  fileprivate func piece(_ index: Int, byteCount: Int) -> Data {
    let block = UInt64(index * (Self.pieceByteCount / Self.blockByteCount))
    do {
      return try AES._CTR.encrypt(
        Self.zeros.prefix(byteCount), using: key,
        nonce: AES._CTR.Nonce(nonceBytes: [UInt8](repeating: 0, count: 8) + block.bigEndianBytes))
    } catch {
      preconditionFailure("a mask's key has 256 bits: \(error)")
    }
  }

  fileprivate static func elementsInPiece(wordByteCount: Int) -> Int {
    pieceByteCount / wordByteCount
  }
}

extension RingVector {
  /// Adds the mask of the vector's length, modulo `2^bits`, or subtracts it.
  mutating func add(_ mask: Mask, negated: Bool = false) {
    if ring.bits <= 32 {
      add(mask, negated: negated, wordsOf: UInt32.self)
    } else {
      add(mask, negated: negated, wordsOf: UInt64.self)
    }
  }

  private mutating func add<Word: FixedWidthInteger & UnsignedInteger>(
    _ mask: Mask, negated: Bool, wordsOf: Word.Type
  ) {
    let largest = ring.largest
    // `(word ^ sign) - sign` is the word if the sign is 0, and its negative if it is all ones.
    let sign: UInt64 = negated ? .max : 0
    let wordByteCount = MemoryLayout<Word>.size
    let step = Mask.elementsInPiece(wordByteCount: wordByteCount)
    elements.withUnsafeMutableBufferPointer { elements in
      for (index, start) in stride(from: 0, to: elements.count, by: step).enumerated() {
        let part = elements[start..<min(start + step, elements.count)]
        mask.piece(index, byteCount: part.count * wordByteCount).withUnsafeBytes { bytes in
          let words = bytes.bindMemory(to: Word.self)
          let sums = UnsafeMutableBufferPointer(rebasing: part)
          for element in sums.indices {
            let word = UInt64(Word(littleEndian: words[element]))
            sums[element] = (sums[element] &+ ((word ^ sign) &- sign)) & largest
          }
        }
      }
    }
  }
}
