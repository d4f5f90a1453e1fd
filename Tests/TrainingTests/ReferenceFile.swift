import Foundation

/// Reads a file of the `Reference` folder, whose `make_reference.py` says how its numbers were made.
func reference<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Reference").appending(path: name)
  return try JSONDecoder().decode(type, from: Data(contentsOf: file))
}
