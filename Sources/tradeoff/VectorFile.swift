import ArgumentParser
import Foundation
import SecureAggregation

/// Vectors in a file: a client a line, numbered from 0, unsigned integers with commas between.
struct VectorFile {
  private let path: String

  init(_ path: String) { self.path = path }

  func vectors(in ring: Ring) throws -> [ClientID: RingVector] {
    let reader = try LineReader(file: path)
    var vectors: [ClientID: RingVector] = [:]
    var dimension: Int?
    while let line = try reader.next() {
      let place = "\(path), line \(vectors.count + 1)"
      let fields = String(decoding: line, as: UTF8.self)
        .split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard fields.count == dimension ?? fields.count else {
        throw ValidationError(
          "\(place): its integers are \(fields.count), and those of line 1 \(dimension ?? 0).")
      }
      dimension = fields.count
      let elements = try fields.enumerated().map { index, field in
        guard let element = UInt64(field), element <= ring.largest else {
          throw ValidationError(
            "\(place), field \(index + 1) is \"\(field)\"; it must be a whole number from 0 to "
              + "\(ring.largest).")
        }
        return element
      }
      vectors[ClientID(UInt32(vectors.count))] = try RingVector(elements, in: ring)
    }
    return vectors
  }
}
