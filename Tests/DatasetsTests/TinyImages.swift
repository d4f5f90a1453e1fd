@testable import Datasets

/// Three 2 x 2 images with labels 2, 0, 1 of three classes, as IDX files.
///
/// The bytes were laid out by Python 3.11 (`struct.pack(">IIII", 0x803, 3, 2, 2)` and
/// `bytes(range(0, 240, 20))`; `struct.pack(">II", 0x801, 3)` and `bytes([2, 0, 1])`) and summed by
/// its `hashlib.sha256`.
enum TinyImages {
  static let pixels: [UInt8] = [0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220]
  static let imageBytes: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2] + pixels
  static let labelBytes: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 3, 2, 0, 1]

  static let images = DatasetFile(
    name: "images", content: .idx(dimensions: [3, 2, 2], elementBound: 256),
    sha256: "60d38401c0c1ccbb213cf5374fe98dc8799e9c7398176b9ecbf60321dff97569")
  static let labels = DatasetFile(
    name: "labels", content: .idx(dimensions: [3], elementBound: 3),
    sha256: "6457582111c8e271041ce60d69e4b9fb2a5058bd79965242cb5d5fe5840d5707")
}
