import Foundation
import SecureAggregation

/// What a secure sum came to and what it cost.
struct SecureSumReport: Encodable {
  let clients: Int
  let threshold: Int
  let dimension: Int
  let bits: Int
  let adversary: String
  let largestCollusion: Int
  let silentBeforeVector: Int
  let silentAfterVector: Int
  let survivors: Int
  let sumIsCorrect: Bool
  /// Of the client that sent, or received, most; all that stay send the same.
  let bytesUp: Int
  let bytesDown: Int
  /// Of a vector without masks.
  let plainBytes: Int
  /// Of all parties together.
  let seconds: [String: Double]

  init(_ sum: SecureSum, isCorrect: Bool, silentBeforeVector: Int, silentAfterVector: Int) {
    let terms = sum.terms
    clients = terms.clients.count
    threshold = terms.threshold
    dimension = terms.dimension
    bits = terms.ring.bits
    adversary = terms.adversary.rawValue
    largestCollusion = terms.largestCollusion
    self.silentBeforeVector = silentBeforeVector
    self.silentAfterVector = silentAfterVector
    survivors = sum.survivors.count
    sumIsCorrect = isCorrect
    bytesUp = sum.traffic.values.map(\.up).max() ?? 0
    bytesDown = sum.traffic.values.map(\.down).max() ?? 0
    plainBytes = terms.plainUploadByteCount
    seconds = Dictionary(
      uniqueKeysWithValues: sum.durations.map { ($0.rawValue, $1 / .seconds(1)) })
  }

  private enum CodingKeys: String, CodingKey {
    case clients, threshold, dimension, bits, adversary
    case largestCollusion = "largest_collusion"
    case silentBeforeVector = "silent_before_vector"
    case silentAfterVector = "silent_after_vector"
    case survivors
    case sumIsCorrect = "sum_is_correct"
    case bytesUp = "bytes_up"
    case bytesDown = "bytes_down"
    case plainBytes = "plain_bytes"
    case seconds
  }
}

extension SecureSumReport: CustomStringConvertible {
  var description: String {
    let ratio = String(format: "%.2f", Double(bytesUp) / Double(plainBytes))
    let times = ProtocolStep.allCases.map { step in
      "\(step.rawValue) \(String(format: "%.4f", seconds[step.rawValue] ?? 0))"
    }
    return """
      \(clients) clients, threshold \(threshold), \(dimension) integers modulo 2^\(bits)
      hidden from                 a server that is \(adversary), helped by up to \(largestCollusion) clients
      silent before their vector  \(silentBeforeVector)
      silent after it             \(silentAfterVector)
      vectors in the sum          \(survivors)
      sum                         \(sumIsCorrect ? "equals" : "DIFFERS FROM") the plain one
      bytes up, a client          \(bytesUp) (\(ratio) times the plain \(plainBytes))
      bytes down, a client        \(bytesDown)
      seconds, all parties        \(times.joined(separator: ", "))
      """
  }
}
