import Foundation
import Testing

@testable import Datasets

struct IDXFileTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func find(_ file: DatasetFile) throws -> IDXFile {
    try IDXFile(file, of: .mnist, in: folder.path)
  }

  @Test(
    arguments: [
      ("images", TinyImages.imageBytes),
      ("images.gz", gzip(TinyImages.imageBytes)),
      ("images.gz", gzip(TinyImages.imageBytes, name: "images")),
      ("images.gz", TinyImages.imageBytes),
    ])
  func readsPlainAndPacked(name: String, bytes: [UInt8]) throws {
    try folder.write(bytes, as: name)
    let file = try find(TinyImages.images)
    try file.checkHeader()
    #expect(try file.elements() == TinyImages.pixels)
  }

  @Test func prefersThePackedFile() throws {
    try folder.write(TinyImages.imageBytes, as: "images")
    try folder.write(gzip(TinyImages.imageBytes), as: "images.gz")
    #expect(try find(TinyImages.images).path == "\(folder.path)/images.gz")
  }

  @Test func namesTheMissingFile() {
    #expect(
      throws: DatasetError.fileMissing(name: "images", folder: folder.path, dataset: .mnist)
    ) {
      try find(TinyImages.images)
    }
  }

  @Test(arguments: [0, 15, 16, 27])
  func refusesATruncatedFile(byteCount: Int) throws {
    let path = try folder.write(Array(TinyImages.imageBytes.prefix(byteCount)), as: "images")
    let file = try find(TinyImages.images)
    #expect(
      throws: DatasetError.truncated(
        path: path, expectedByteCount: 28, foundByteCount: byteCount)
    ) {
      try file.elements()
    }
  }

  @Test func refusesAnyTruncationOfAGzipFile() throws {
    let packed = gzip(TinyImages.imageBytes)
    for byteCount in 0..<packed.count {
      try folder.write(Array(packed.prefix(byteCount)), as: "images.gz")
      let file = try find(TinyImages.images)
      #expect(throws: DatasetError.self, "\(byteCount) bytes of \(packed.count)") {
        try file.elements()
      }
    }
  }

  @Test func refusesAnyAlteredByte() throws {
    for position in TinyImages.imageBytes.indices {
      var altered = TinyImages.imageBytes
      altered[position] ^= 0x10
      try folder.write(altered, as: "images")
      let file = try find(TinyImages.images)
      #expect(throws: DatasetError.self, "byte \(position)") { try file.elements() }
    }
  }

  @Test func namesBothSumsOfAnAlteredFile() throws {
    var altered = TinyImages.imageBytes
    altered[20] = 81
    let path = try folder.write(altered, as: "images")
    let file = try find(TinyImages.images)
    // Python's hashlib.sha256 of the altered bytes.
    let found = "7ecc65f92e3a373e211542349b5f95aceb1bf6a97868ca9f06e3187f75229034"
    #expect(
      throws: DatasetError.wrongChecksum(
        path: path, expected: TinyImages.images.sha256, found: found)
    ) {
      try file.elements()
    }
  }

  @Test(arguments: [false, true])
  func refusesTrailingBytesInside(packed: Bool) throws {
    let bytes = TinyImages.imageBytes + [0]
    let path = try folder.write(packed ? gzip(bytes) : bytes, as: "images.gz")
    let file = try find(TinyImages.images)
    #expect(throws: DatasetError.trailingBytes(path: path, expectedByteCount: 28)) {
      try file.elements()
    }
  }

  @Test func refusesBytesBehindTheGzipStream() throws {
    let path = try folder.write(gzip(TinyImages.imageBytes) + [0], as: "images.gz")
    let file = try find(TinyImages.images)
    #expect(throws: DatasetError.trailingBytes(path: path, expectedByteCount: 28)) {
      try file.elements()
    }
  }

  @Test func refusesLabelsInPlaceOfImages() throws {
    let path = try folder.write(TinyImages.labelBytes + [0, 0, 0, 0, 0], as: "images")
    let file = try find(TinyImages.images)
    let expected = DatasetError.wrongMagic(path: path, expected: 0x803, found: 0x801)
    #expect(throws: expected) { try file.checkHeader() }
    #expect(throws: expected) { try file.elements() }
  }

  @Test func refusesALabelThatIsNoClass() throws {
    var bytes = TinyImages.labelBytes
    bytes[9] = 3
    let path = try folder.write(gzip(bytes), as: "labels.gz")
    let file = try find(TinyImages.labels)
    #expect(
      throws: DatasetError.labelOutOfRange(path: path, label: 3, position: 1, classCount: 3)
    ) {
      try file.elements()
    }
  }
}
