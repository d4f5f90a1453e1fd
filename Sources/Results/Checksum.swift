internal import Crypto
internal import Foundation

/// SHA-256 in hexadecimal digits.
func checksum(_ data: Data) -> String {
  SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
}
