import CKernels

/// The 256-bit name of a random stream: a path in a tree that starts at a seed.
///
/// ```swift
/// let noise = StreamKey(seed: 7).child(.replicate, 2).child(.round, 40).child(.noise)
/// var stream = RandomStream(noise)
/// ```
///
/// A child's key is the first 32 bytes of the ChaCha20 block keyed by its parent, with the index as
/// the 64-bit counter and the label as the nonce. That is the tree of Goldreich, Goldwasser and
/// Micali (How to construct random functions, J. ACM 1986) with a wide fan-out: as long as ChaCha20
/// is a pseudo-random function, the keys of different paths are indistinguishable from independent
/// uniform ones, and two of n paths share a key with probability about n² / 2²⁵⁷. A stream's own
/// words come from nonce 0, which no label has, so a key's children and its stream share no block.
/// Any stream can therefore be had at once and in any order, on any thread, which is the point of
/// counter-based generators (Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC 2011).
///
/// Whoever knows a key knows every number drawn below it, noise included. A 64-bit seed makes a
/// run repeatable; it is no secret. ``SystemEntropy`` makes a root that is one.
public struct StreamKey: Hashable, Sendable {
  let words: SIMD8<UInt32>

  /// The root of a tree. Different seeds give different keys; all 64 bits count.
  public init(seed: UInt64) {
    var words = SIMD8<UInt32>()
    words.withMutableWords { tradeoff_chacha20_key_from_seed(seed, $0) }
    self.words = words
  }

  init(words: SIMD8<UInt32>) { self.words = words }

  /// The key of the branch `label`, number `index`.
  public func child(_ label: StreamLabel, _ index: UInt64 = 0) -> StreamKey {
    let counterAndNonce = SIMD4(
      UInt32(truncatingIfNeeded: index), UInt32(index >> 32), label.rawValue, 0)
    var block = SIMD16<UInt32>()
    words.withWords { key in
      counterAndNonce.withWords { tail in
        block.withMutableWords { tradeoff_chacha20_block(key, tail, $0) }
      }
    }
    return StreamKey(words: block.lowHalf)
  }
}

/// The way from a vector's words to a C function's array parameter.
extension SIMD where Scalar == UInt32 {
  func withWords<Result>(_ body: (UnsafePointer<UInt32>) -> Result) -> Result {
    withUnsafeBytes(of: self) { bytes in
      bytes.withMemoryRebound(to: UInt32.self) { body($0.baseAddress!) }
    }
  }

  mutating func withMutableWords(_ body: (UnsafeMutablePointer<UInt32>) -> Void) {
    withUnsafeMutableBytes(of: &self) { bytes in
      bytes.withMemoryRebound(to: UInt32.self) { body($0.baseAddress!) }
    }
  }
}
