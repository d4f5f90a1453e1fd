extension StreamKey {
  /// The root of a tree that hangs from secret bytes which were kept, so that an interrupted run can draw the
  /// same again.
  ///
  /// - Parameter entropy: 32 uniform bytes of the operating system's. They are the key.
  public init(entropy: [UInt8]) {
    precondition(entropy.count == 32, "a key has 32 bytes, not \(entropy.count)")
    var words = SIMD8<UInt32>()
    for (index, byte) in entropy.enumerated() {
      words[index / 4] |= UInt32(byte) << UInt32(8 * (index % 4))
    }
    self.init(words: words)
  }
}
