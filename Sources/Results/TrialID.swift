internal import Crypto
public import Foundation

/// The fingerprint of a trial's resolved plan: the first 16 hexadecimal digits name the trial in
/// files, all 256 bits key its noise.
public struct TrialID: Hashable, Sendable, CustomStringConvertible {
  public let words: [UInt64]

  /// - Parameter plan: the canonical encoding of the resolved plan.
  public init(fingerprinting plan: Data) {
    let digest = Array(SHA256.hash(data: plan))
    words = stride(from: 0, to: 32, by: 8).map { start in
      digest[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  public var description: String {
    let digits = String(words[0], radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
