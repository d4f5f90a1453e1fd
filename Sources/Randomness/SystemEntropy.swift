/// 256 bits that nobody can know or repeat, from the operating system's generator (`getrandom` on
/// Linux).
///
/// A draw can be used once, for one root, and shows nothing of itself when it is printed.
public struct SystemEntropy: ~Copyable, Sendable {
  let words: SIMD8<UInt32>

  init(words: SIMD8<UInt32>) { self.words = words }

  /// Draws. Where the system has no randomness to give, the program ends.
  public init() {
    var generator = SystemRandomNumberGenerator()
    words = .random(in: .min ... .max, using: &generator)
  }
}

extension StreamKey {
  /// The root of a tree that nobody can guess: its key is the entropy, all 256 bits of it.
  ///
  /// What is drawn below it cannot be drawn again, except by who keeps the key.
  public init(_ entropy: consuming SystemEntropy) { self.init(words: entropy.words) }
}
