import Testing

@testable import Datasets

struct UnpackedFileTests {
  let folder: TemporaryFolder
  /// More than one chunk, and not compressible to less than one.
  let bytes: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    var state: UInt32 = 1
    bytes = (0..<600_000).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
  }

  @Test(arguments: [false, true])
  func readsInPieces(packed: Bool) throws {
    let path = try folder.write(packed ? gzip(bytes) : bytes, as: "file")
    var file = try UnpackedFile(path: path)
    #expect(try file.read(10) == Array(bytes[..<10]))
    #expect(try file.read(500_000) == Array(bytes[10..<500_010]))
    let notYet = try file.isAtEnd()
    #expect(!notYet)
  }

  @Test(arguments: [false, true])
  func givesWhatThereIsAtTheEnd(packed: Bool) throws {
    let path = try folder.write(packed ? gzip(bytes) : bytes, as: "file")
    var file = try UnpackedFile(path: path)
    #expect(try file.read(700_000) == bytes)
    let atEnd = try file.isAtEnd()
    #expect(atEnd)
  }

  @Test func seesBytesBehindTheStream() throws {
    let path = try folder.write(gzip(bytes) + [0], as: "file.gz")
    var file = try UnpackedFile(path: path)
    #expect(try file.read(bytes.count) == bytes)
    let atEnd = try file.isAtEnd()
    #expect(!atEnd)
  }

  @Test func refusesAStreamThatLacksItsChecksum() throws {
    let path = try folder.write(gzip(bytes).dropLast(4), as: "file.gz")
    #expect(throws: DatasetError.damagedGzip(path: path, reason: "the stream ends early")) {
      var file = try UnpackedFile(path: path)
      _ = try file.read(bytes.count)
      _ = try file.isAtEnd()
    }
  }

  @Test func saysWhyAFileCannotBeOpened() throws {
    let path = "\(folder.path)/absent"
    #expect(throws: DatasetError.unreadable(path: path, reason: "No such file or directory")) {
      _ = try UnpackedFile(path: path)
    }
  }

  @Test func saysWhyAFileCannotBeRead() throws {
    #expect(throws: DatasetError.unreadable(path: folder.path, reason: "Is a directory")) {
      _ = try UnpackedFile(path: folder.path)
    }
  }
}
