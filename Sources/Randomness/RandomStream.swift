import CGSL
import CKernels

/// Random numbers from one key: the ChaCha20 keystream of the key, read by GSL's distributions.
///
/// The same key gives the same numbers on every machine and at every vector width, up to the last
/// bits that a system's `log`, `pow` and `sin` decide. (Bulk Gaussian fills use no such function:
/// they agree in every bit.) A stream cannot be copied, so no number is drawn twice by accident,
/// and it is not `Sendable`: give another task a key, and let it make its own stream.
///
/// Scalar draws read the keystream word after word. A bulk fill moves in whole blocks of 16 words;
/// see `fillGaussian(_:standardDeviation:)`. No word serves two draws.
///
/// Arguments outside the stated ranges are programmer's mistakes and stop the program.
public struct RandomStream: ~Copyable {
  let generator: UnsafeMutablePointer<gsl_rng>

  /// The stream of `key`, from its beginning.
  public init(_ key: StreamKey) {
    generator = ChaCha20Generator.allocate(key)
  }

  deinit { gsl_rng_free(generator) }

  var state: UnsafeMutablePointer<tradeoff_chacha20_stream> {
    ChaCha20Generator.state(of: generator)
  }

  /// Uniform on the 2⁵³ multiples of 2⁻⁵³ in [0, 1).
  public mutating func uniform() -> Double {
    gsl_rng_uniform(generator)
  }

  /// Uniform on 0 ..< `bound`, exactly: no value is favored, whatever the bound.
  ///
  /// Lemire, Fast random integer generation in an interval, ACM TOMACS 2019, on 64-bit words.
  /// - Parameter bound: At least 1.
  public mutating func uniformInteger(below bound: Int) -> Int {
    precondition(bound >= 1, "bound must be at least 1, not \(bound)")
    let bound = UInt64(bound)
    var product = bound.multipliedFullWidth(by: uniformWord())
    if product.low < bound {
      let rejected = (0 &- bound) % bound
      while product.low < rejected {
        product = bound.multipliedFullWidth(by: uniformWord())
      }
    }
    return Int(product.high)
  }

  /// 64 uniform bits.
  mutating func uniformWord() -> UInt64 { tradeoff_chacha20_stream_next64(state) }

  /// True with the given probability, to a resolution of 2⁻⁵³.
  /// - Parameter probability: In [0, 1]; 0 is never true, 1 always.
  public mutating func bernoulli(_ probability: Double) -> Bool {
    precondition(
      (0...1).contains(probability), "probability must lie in [0, 1], not be \(probability)")
    return uniform() < probability
  }
}
