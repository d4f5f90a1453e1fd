import Foundation
import Testing

@testable import Datasets

struct ZipArchiveTests {
  let folder: TemporaryFolder
  let bytes: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    bytes = try #require(
      Data(base64Encoded: Self.encoded, options: .ignoreUnknownCharacters).map { [UInt8]($0) })
  }

  func archive(_ bytes: [UInt8]) throws -> ZipArchive {
    try ZipArchive(path: try folder.write(bytes, as: "archive.zip"))
  }

  @Test func readsWhatPythonWrote() throws {
    let archive = try archive(bytes)
    #expect(
      archive.memberNames == [
        "array.npy", "data/deflated.csv", "data/empty", "data/other.bz2", "data/stored.csv",
      ])
    #expect(try archive.member("data/stored.csv") == Array("a,b\n1,2\n".utf8))
    #expect(
      try archive.member("data/deflated.csv")
        == Array(String(repeating: "0,1,2,3\n", count: 500).utf8))
    #expect(try archive.member("data/empty").isEmpty)
    #expect(try archive.member("array.npy") == Array(0..<16))
  }

  @Test func namesTheAbsentMember() throws {
    let archive = try archive(bytes)
    #expect(throws: DatasetError.memberMissing(name: "stored.csv", path: archive.path)) {
      try archive.member("stored.csv")
    }
  }

  @Test func refusesWhatItCannotUnpack() throws {
    let archive = try archive(bytes)
    #expect(
      throws: DatasetError.damagedZip(
        path: archive.path,
        reason: "data/other.bz2: it is packed by method 12, which is not read")
    ) {
      try archive.member("data/other.bz2")
    }
  }

  @Test func refusesAnyTruncation() throws {
    for byteCount in 0..<bytes.count {
      #expect(throws: DatasetError.self, "\(byteCount) bytes of \(bytes.count)") {
        try archive(Array(bytes.prefix(byteCount)))
      }
    }
  }

  /// Every byte of packed contents, of the sums and of the sizes counts; dates and the like do not.
  @Test func neverGivesOtherContents() throws {
    let names = ["array.npy", "data/deflated.csv", "data/empty", "data/stored.csv"]
    let whole = try archive(bytes)
    let contents = try names.map { try whole.member($0) }
    for position in bytes.indices {
      var altered = bytes
      altered[position] ^= 0x11
      guard let archive = try? archive(altered) else { continue }
      for (name, content) in zip(names, contents) {
        let found = try? archive.member(name)
        #expect(found == nil || found == content, "byte \(position), \(name)")
      }
    }
  }

  @Test func refusesAnEncryptedMember() throws {
    var altered = bytes
    // The flags of the first header of the directory, which begins at 0x14f.
    altered[0x14f + 8] |= 1
    let archive = try archive(altered)
    #expect(
      throws: DatasetError.damagedZip(
        path: archive.path, reason: "data/stored.csv: it is encrypted")
    ) {
      try archive.member("data/stored.csv")
    }
  }

  @Test func refusesAClaimThatCannotBe() throws {
    var altered = bytes
    // The size in the second header of the directory: 46 + 15 bytes behind the first.
    altered.replaceSubrange(0x14f + 61 + 24..<0x14f + 61 + 28, with: [0, 0, 0, 0x7f])
    let archive = try archive(altered)
    #expect(
      throws: DatasetError.damagedZip(
        path: archive.path, reason: "data/deflated.csv: it claims to hold more than it can")
    ) {
      try archive.member("data/deflated.csv")
    }
  }

  @Test func saysWhyAFileCannotBeOpened() {
    let path = "\(folder.path)/absent"
    #expect(throws: DatasetError.unreadable(path: path, reason: "No such file or directory")) {
      _ = try ZipArchive(path: path)
    }
  }

  /// By Reference/make_zip.py.
  private static let encoded = """
    UEsDBBQAAAAAAAAAIVx7B5cKCAAAAAgAAAAPAAAAZGF0YS9zdG9yZWQuY3N2YSxiCjEsMgpQSwMEFAAAAAgAAAAh
    XMeRyLQgAAAAoA8AABEAAABkYXRhL2RlZmxhdGVkLmNzdu3FIQEAQAgEME+WE/zTvxsxMJtZ5+Vnqm3btm3b9tkL
    UEsDBBQAAAAIAAAAIVwAAAAAAgAAAAAAAAAKAAAAZGF0YS9lbXB0eQMAUEsDBC0AAAAAAAAAIVyI4s7O////////
    //8JABQAYXJyYXkubnB5AQAQABAAAAAAAAAAEAAAAAAAAAAAAQIDBAUGBwgJCgsMDQ4PUEsDBC4AAAAMAAAAIVwg
    NVjZKgAAAAUAAAAOAAAAZGF0YS9vdGhlci5iejJCWmg5MUFZJlNZ60SUDAAAAQGAAkCUACAAMM0AwaQMcXckU4UJ
    DrRJQMBQSwECFAMUAAAAAAAAACFceweXCggAAAAIAAAADwAAAAAAAAAAAAAAgAEAAAAAZGF0YS9zdG9yZWQuY3N2
    UEsBAhQDFAAAAAgAAAAhXMeRyLQgAAAAoA8AABEAAAAAAAAAAAAAAIABNQAAAGRhdGEvZGVmbGF0ZWQuY3N2UEsB
    AhQDFAAAAAgAAAAhXAAAAAACAAAAAAAAAAoAAAAAAAAAAAAAAIABhAAAAGRhdGEvZW1wdHlQSwECLQMtAAAAAAAA
    ACFciOLOzhAAAAAQAAAACQAAAAAAAAAAAAAAgAGuAAAAYXJyYXkubnB5UEsBAi4DLgAAAAwAAAAhXCA1WNkqAAAA
    BQAAAA4AAAAAAAAAAAAAAIAB+QAAAGRhdGEvb3RoZXIuYnoyUEsFBgAAAAAFAAUAJwEAAE8BAAA6AEEgY29tbWVu
    dCB3aXRoIFBLBQYgaW4gaXQsIGFuZCBzb21lIG1vcmUgdGV4dCBiZWhpbmQgdGhhdC4=
    """
}
