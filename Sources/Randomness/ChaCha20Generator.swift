import CGSL
import CKernels

/// ChaCha20 as a generator of the GNU Scientific Library, so that GSL's distributions draw from it.
enum ChaCha20Generator {
  private struct Registration: @unchecked Sendable {
    // Unchecked because of the pointer: GSL only reads the type behind it, and nobody writes to it
    // after its creation.
    let type: UnsafePointer<gsl_rng_type>
  }

  private static let registration: Registration = {
    // GSL's own handler ends the process; every call made here is checked beforehand.
    gsl_set_error_handler_off()
    let name: StaticString = "tradeoff-chacha20"
    let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
    type.initialize(
      to: gsl_rng_type(
        name: UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self),
        max: 0xffff_ffff, min: 0,
        size: MemoryLayout<tradeoff_chacha20_stream>.stride,
        set: tradeoff_chacha20_gsl_set,
        get: tradeoff_chacha20_gsl_get,
        get_double: tradeoff_chacha20_gsl_get_double))
    return Registration(type: type)
  }()

  /// A generator at the beginning of the key's stream. The caller frees it.
  ///
  /// The key goes straight into the state: `gsl_rng_set` would keep too little of it.
  static func allocate(_ key: StreamKey) -> UnsafeMutablePointer<gsl_rng> {
    guard let generator = gsl_rng_alloc(registration.type) else { fatalError("out of memory") }
    key.words.withWords { tradeoff_chacha20_stream_start(state(of: generator), $0) }
    return generator
  }

  static func state(
    of generator: UnsafeMutablePointer<gsl_rng>
  ) -> UnsafeMutablePointer<tradeoff_chacha20_stream> {
    gsl_rng_state(generator).assumingMemoryBound(to: tradeoff_chacha20_stream.self)
  }
}
