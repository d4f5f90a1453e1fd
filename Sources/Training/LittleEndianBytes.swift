internal import Foundation

/// Words as their raw little-endian bytes: base64 in JSON, and every bit comes back.
struct LittleEndianBytes<Word: FixedWidthInteger & Sendable>: Codable {
  let words: [Word]

  init(_ words: [Word]) { self.words = words }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let data = try container.decode(Data.self)
    guard data.count.isMultiple(of: MemoryLayout<Word>.size) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "\(data.count) bytes are no words of \(MemoryLayout<Word>.size)")
    }
    words = [Word](unsafeUninitializedCapacity: data.count / MemoryLayout<Word>.size) {
      words, count in
      count = data.copyBytes(to: words) / MemoryLayout<Word>.size
    }.map(Word.init(littleEndian:))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(words.map(\.littleEndian).withUnsafeBytes { Data($0) })
  }
}
