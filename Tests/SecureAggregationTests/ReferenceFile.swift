import Foundation

/// Reads a file of the `Reference` folder, whose `make_reference.py` says how its numbers were made.
func reference<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Reference").appending(path: name)
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(type, from: Data(contentsOf: file))
}

/// Bytes that a file spells in hexadecimal digits.
func bytes(_ digits: String) -> [UInt8] {
  let digits = digits.map { UInt8($0.hexDigitValue!) }
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
