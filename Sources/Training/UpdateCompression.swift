public import Randomness

/// How a client shortens the update that it sends over a slow link.
///
/// **Privacy.** The client compresses before the update is clipped. Whatever compression does is then
/// part of what the client computes from its own data, the released model and its own randomness, and
/// the sum that clipping bounds is a sum of compressed updates: no bound and no event changes. What a
/// server does to a release afterwards would be post-processing.
///
/// `n` is the number of parameters, and each layer's elements share a scale, sent as a Float.
public enum UpdateCompression: Hashable, Sendable {
  /// Every element as a Float: 4 `n` bytes.
  case none

  /// Every element rounded to so many decimals, 0 to 9: the nearest multiple of `10^-decimals`, ties to
  /// the even one. It is sent as a whole number, in as many bits as the longest of its layer needs.
  case decimals(Int)

  /// Every element as the nearest of `2^bits` evenly spaced levels from the least to the greatest of
  /// its layer; 1 to 16 bits. An element moves by at most half a level: the same way every time.
  case uniform(bits: Int)

  /// Every element as one of the two nearest multiples of `M / s`, `M` the greatest magnitude of its
  /// layer and `s = 2^(bits - 1) - 1`, drawn so that the mean is the element itself; 2 to 16 bits (QSGD,
  /// Alistarh et al. 2017, section 3.1).
  ///
  /// The paper's scale is the Euclidean norm `|v|` of the layer, which is never less than `M`: so the
  /// variance is at most `min(n / (4 s^2), sqrt(n) / s) |v|^2`, within its lemma 3.1.
  case stochastic(bits: Int)

  /// The `k` elements that are greatest in magnitude, as Floats, the others zero; `k` is `fraction * n`,
  /// rounded, and at least 1. What is lost is at most `(1 - k/n) |v|^2` (Stich et al. 2018, lemma A.1).
  /// The gaps between their places are sent in a Golomb-Rice code (Sattler et al. 2020).
  case topK(fraction: Double)

  /// The elements at `k` random places, as Floats, the others zero. Client and server draw the same places
  /// from a key that both have, so no place is sent.
  ///
  /// Kept as they are, the expected loss is `(1 - k/n) |v|^2` (Stich et al. 2018, lemma A.1). With
  /// `isUnbiased` they are multiplied by `n/k`: then the mean is `v` and the variance
  /// `(n/k - 1) |v|^2`.
  case randomK(fraction: Double, isUnbiased: Bool)

  /// Whether the mean of what arrives is the update.
  public var isUnbiased: Bool {
    switch self {
    case .none, .stochastic, .randomK(_, isUnbiased: true): true
    case .decimals, .uniform, .topK, .randomK(_, isUnbiased: false): false
    }
  }

  /// Whether a client may add to its next update what compression kept back of this one (error
  /// feedback, Karimireddy et al. 2019), and the part that is kept back stays bounded.
  ///
  /// - Top-k and random-k lose at most the share `1 - k/n` of the squared norm, which is what the
  ///   paper's lemma 3 asks for.
  /// - Decimals keep back at most half a unit of the last one in every element, whatever is sent.
  /// - Even levels keep back at most half a level. That widens the range of the next update by a
  ///   level, and the level by a `(2^bits - 1)`-th of itself: a geometric series from 2 bits on.
  ///   With 1 bit it need not end.
  /// - There is no bias to feed back where the mean is right already.
  public var allowsErrorFeedback: Bool {
    if case .uniform(bits: 1) = self { return false }
    return !isUnbiased
  }

  /// What the client sends for an update to a model whose layers lie at these ranges.
  ///
  /// - Parameter key: this client's and round's, which the server has as well. Only what draws at random
  ///   uses it.
  public func compress(
    _ update: [Float], layers: [Range<Int>], key: StreamKey
  ) -> CompressedUpdate {
    precondition(update.count == layers.last?.upperBound ?? 0, "layers fill the update")
    var bits = BitWriter()
    codec(layers: layers).encode(update, to: &bits, key: key)
    return CompressedUpdate(bytes: bits.bytes)
  }

  /// The update that the server reads.
  public func expand(
    _ compressed: CompressedUpdate, layers: [Range<Int>], key: StreamKey
  ) -> [Float] {
    var bits = BitReader(compressed.bytes)
    return codec(layers: layers).decode(&bits, key: key)
  }

  private func codec(layers: [Range<Int>]) -> any UpdateCodec {
    let dimension = layers.last?.upperBound ?? 0
    return switch self {
    case .none: PlainCodec(dimension: dimension)
    case .decimals(let decimals): DecimalCodec(decimals: decimals, layers: layers)
    case .uniform(let bits): UniformCodec(bits: bits, layers: layers)
    case .stochastic(let bits): StochasticCodec(bits: bits, layers: layers)
    case .topK(let fraction): TopCodec(fraction: fraction, dimension: dimension)
    case .randomK(let fraction, let isUnbiased):
      RandomCodec(fraction: fraction, dimension: dimension, isUnbiased: isUnbiased)
    }
  }
}

/// An update as it is sent.
public struct CompressedUpdate: Hashable, Sendable {
  public let bytes: [UInt8]
}

/// Writes updates of one shape as bits, and reads them.
///
/// An update that is not finite arrives as one that is not.
protocol UpdateCodec {
  func encode(_ update: [Float], to bits: inout BitWriter, key: StreamKey)
  func decode(_ bits: inout BitReader, key: StreamKey) -> [Float]
}

/// Every element as it is.
private struct PlainCodec: UpdateCodec {
  let dimension: Int

  func encode(_ update: [Float], to bits: inout BitWriter, key: StreamKey) {
    for value in update { bits.write(value) }
  }

  func decode(_ bits: inout BitReader, key: StreamKey) -> [Float] {
    (0..<dimension).map { _ in bits.readFloat() }
  }
}
