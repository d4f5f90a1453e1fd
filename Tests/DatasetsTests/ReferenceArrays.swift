import Foundation
import Testing

/// Files that NumPy wrote; `Reference/make_arrays.py` says with what.
struct ReferenceArrays: Decodable {
  let arrays: [Entry]
  let refused: [String: Data]
  let archives: [String: Data]

  struct Entry: Decodable, CustomTestStringConvertible {
    let name: String
    let file: Data
    let shape: [Int]
    let numbers: [Double]
    let whole: [String]?

    var testDescription: String { name }
  }

  static let shared: ReferenceArrays = {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/arrays.json")
    // A test without its reference cannot go on.
    return try! JSONDecoder().decode(ReferenceArrays.self, from: Data(contentsOf: path))
  }()

  func array(_ name: String) -> [UInt8] { [UInt8](arrays.first { $0.name == name }!.file) }
}
