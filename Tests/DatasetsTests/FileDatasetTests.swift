import Foundation
import LinearAlgebra
import Randomness
import Testing

@testable import Datasets

struct FileDatasetTests {
  let folder: TemporaryFolder
  static let key = StreamKey(seed: 3)

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Ten rows whose number is their feature, of three users.
  func table(test: String? = nil, held: Int = 3) throws -> FileDataset {
    let schema = try TableSchema(
      columns: [
        TableColumn("x", .number(0...16)), TableColumn("y", .label(["0", "1"])),
        TableColumn("who", .user(count: 3)),
      ], dialect: TableDialect(hasHeader: false))
    try folder.write(
      Array((0..<10).map { "\($0),\($0 % 2),\($0 % 3)\n" }.joined().utf8), as: "train.csv")
    return FileDataset(
      training: .table(path: "train.csv", schema), test: test.map { .table(path: $0, schema) },
      trainingExampleCount: test == nil ? 10 - held : 10, testExampleCount: held)
  }

  @Test func holdsExamplesOutWhereThereAreNoTestFiles() throws {
    let dataset = try table()
    let loaded = try dataset.load(from: folder.path, key: Self.key)
    #expect(loaded.training.exampleCount == 7)
    #expect(loaded.test.exampleCount == 3)
    #expect(Set(rows(loaded.training) + rows(loaded.test)) == Set(0..<10))
    #expect(loaded.training.owners == rows(loaded.training).map { Int32($0 % 3) })

    let again = try dataset.load(from: folder.path, key: Self.key)
    #expect(rows(again.test) == rows(loaded.test))
    let others = try (0..<10).map {
      rows(try dataset.load(from: folder.path, key: StreamKey(seed: $0)).test)
    }
    #expect(Set(others).count > 1)
  }

  @Test func readsTestFilesOfNobody() throws {
    // Of one user, where three are declared for training.
    try folder.write(Array("5,1,9\n6,0,9\n".utf8), as: "test.csv")
    let loaded = try table(test: "test.csv", held: 2).load(from: folder.path, key: Self.key)
    #expect(rows(loaded.training) == Array(0..<10))
    #expect(rows(loaded.test) == [5, 6])
    #expect(loaded.test.owners == nil)
  }

  @Test func fingerprintsFilesAsAShellDoes() throws {
    try folder.write(Array("5,1,9\n6,0,9\n".utf8), as: "test.csv")
    let dataset = try table(test: "test.csv", held: 2)
    let fingerprint = try dataset.fingerprint(from: folder.path)
    #expect(try dataset.load(from: folder.path, key: Self.key).fingerprint == fingerprint)
    // for i in 0 1 2 3 4 5 6 7 8 9; do echo "$i,$((i % 2)),$((i % 3))"; done > train.csv
    // printf '5,1,9\n6,0,9\n' > test.csv; sha256sum train.csv test.csv | sha256sum
    #expect(fingerprint == "2dcd7b667a6eee043653a8230ef4819c5c061c444b7b64f7d9be2aa18f68c006")

    // Packed or not, and wherever it is.
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/inner", withIntermediateDirectories: false)
    try folder.write(gzip(try contents(of: "\(folder.path)/train.csv")), as: "inner/train.csv")
    try folder.write(Array("5,1,9\n6,0,9\n".utf8), as: "inner/test.csv")
    #expect(try dataset.fingerprint(from: "\(folder.path)/inner") == fingerprint)
    try folder.write(Array("5,1,9\n6,1,9\n".utf8), as: "inner/test.csv")
    #expect(try dataset.fingerprint(from: "\(folder.path)/inner") != fingerprint)
  }

  @Test func fingerprintsFoldersAndArchives() throws {
    let schema = ExampleSchema(shape: .features(3), classCount: 3, userCount: 3)
    let leaf = FileDataset(
      training: .leaf(path: "train", schema), test: .leaf(path: "test", schema),
      trainingExampleCount: 6, testExampleCount: 2)
    let loaded = try leaf.load(from: LEAFExamplesTests.reference, key: Self.key)
    #expect(loaded.test.owners == nil)
    // cd Reference/leaf; sha256sum train/*0_train* train/*1_train* test/* | sed 's# .*/#  #' |
    //   sha256sum
    let expected = "c3acc3db68153c22cdd042efc938e61d779e2fc2a25cf847f33aad4e73bb4f90"
    #expect(loaded.fingerprint == expected)
    #expect(try leaf.fingerprint(from: LEAFExamplesTests.reference) == expected)

    let archive = try #require(ReferenceArrays.shared.archives["stored"])
    try folder.write([UInt8](archive), as: "data.npz")
    // One file may hold both kinds of examples, and is then summed once.
    func arrays(test: Bool) -> FileDataset {
      let files = ExampleFiles.arrays(
        ArrayFiles(archive: "data.npz", features: "features", labels: "labels"),
        ExampleSchema(shape: .image(height: 2, width: 3), classCount: 3))
      return FileDataset(
        training: files, test: test ? files : nil, trainingExampleCount: test ? 5 : 3,
        testExampleCount: test ? 5 : 2)
    }
    let fingerprints = try [true, false].flatMap { test in
      [
        try arrays(test: test).fingerprint(from: folder.path),
        try arrays(test: test).load(from: folder.path, key: Self.key).fingerprint,
      ]
    }
    #expect(Set(fingerprints).count == 1)
  }

  @Test func findsPathsWhereTheyBegin() {
    #expect(resolve("a/b", from: "c/d") == "c/d/a/b")
    #expect(resolve("/a/b", from: "c/d") == "/a/b")
    #expect(resolve("~/a", from: "c/d") == "\(NSHomeDirectory())/a")
    #expect(resolve("~a", from: ".") == "./~a")
  }

  @Test func namesTheFileThatIsNotThere() throws {
    let dataset = try table(test: "test.csv", held: 2)
    let absent = DatasetError.unreadable(
      path: "\(folder.path)/test.csv", reason: "No such file or directory")
    #expect(throws: absent) { try dataset.fingerprint(from: folder.path) }
    #expect(throws: absent) { try dataset.load(from: folder.path, key: Self.key) }
  }

  private func rows(_ examples: LabeledExamples) -> [Int] {
    guard case .floats(let features) = examples.features else { return [] }
    return features.map { Int($0 * 16) }
  }
}
