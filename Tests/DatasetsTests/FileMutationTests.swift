import Foundation
import LinearAlgebra
import Randomness
import Testing

@testable import Datasets

/// Damaged files parse or are refused: they never stop the program, and what parses is as declared.
struct FileMutationTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  static let mutations = 1500

  @Test func tables() throws {
    let schema = try TableSchema(
      columns: [
        TableColumn("x", .number(-1...1, missing: .init(0, isIndicated: true))),
        TableColumn("c", .category(["a", "b"])), TableColumn("y", .label(["0", "1"])),
        TableColumn("u", .user(count: 2)),
      ], dialect: TableDialect(trimsSpaces: true))
    let text = "u,y,x,c\r\nann,0,0.25,a\n\"bob \"\"B\"\"\", 1 ,-1e-1,b\nann,1,,\"a\"\n"
    for bytes in [Array(text.utf8), gzip(Array(text.utf8))] {
      try mutate([bytes, Array("\"\"\",,\n\r\u{FEFF}é1e9-.0".utf8)], as: "data.csv") {
        .table(path: "data.csv", schema)
      }
    }
  }

  @Test func arrays() throws {
    let reference = ReferenceArrays.shared
    try folder.write(
      NumPyArrayTests.file("{'descr': '|u1', 'fortran_order': False, 'shape': (4,), }")
        + [2, 0, 1, 2], as: "y.npy")
    let planes = [
      ("fortran plane", ExampleSchema(shape: .features(6), classCount: 3)),
      ("fortran cube of doubles", ExampleSchema(shape: .image(height: 3, width: 2), classCount: 3)),
    ]
    for (name, schema) in planes {
      try mutate(
        [reference.array(name), Array("(,)True<>f8i40'[]{}:".utf8)], as: "x.npy", exampleCount: 4
      ) {
        .arrays(ArrayFiles(archive: nil, features: "x.npy", labels: "y.npy"), schema)
      }
    }
    let images = ExampleSchema(shape: .image(height: 2, width: 3), classCount: 3, userCount: 3)
    for name in ["stored", "compressed"] {
      let bytes = [UInt8](try #require(reference.archives[name]))
      try mutate([bytes, [0, 0xff, 0xff, 0xff, 0xff, 0x50, 0x4b]], as: "d.npz", exampleCount: 5) {
        .arrays(
          ArrayFiles(archive: "d.npz", features: "features", labels: "labels", users: "users"),
          images)
      }
    }
  }

  @Test func leafFiles() throws {
    let bytes = try contents(of: "\(LEAFExamplesTests.reference)/train/all_data_0_train_9.json")
    let schema = ExampleSchema(shape: .features(3), classCount: 3, userCount: 2)
    try mutate([bytes, Array(#"[[]]{}":,\u00e9\ud83d-Infinity NaN 1e400"#.utf8)], as: "data.json") {
      .leaf(path: "data.json", schema)
    }
  }

  /// - Parameter sources: the whole file, then bytes that are likely to harm it.
  private func mutate(
    _ sources: [[UInt8]], as name: String, exampleCount: Int = 3, _ files: () -> ExampleFiles
  ) throws {
    func read() throws -> LabeledExamples {
      var sums = FileSums()
      return try files().read(exampleCount: exampleCount, from: folder.path, sums: &sums)
    }
    try folder.write(sources[0], as: name)
    let whole = try read()
    var random = RandomStream(StreamKey(seed: UInt64(sources[0].count)))
    var refused = 0
    for mutation in 0..<Self.mutations {
      var bytes = sources[0]
      for _ in 0...random.uniformInteger(below: 3) { Self.mutate(&bytes, sources, &random) }
      try folder.write(bytes, as: name)
      do {
        let examples = try read()
        #expect(examples.exampleCount == exampleCount, "mutation \(mutation)")
        #expect(
          examples.featureCount == whole.featureCount && examples.ownerCount == whole.ownerCount)
        if case .floats(let features) = examples.features {
          #expect(features.allSatisfy { $0.isFinite }, "mutation \(mutation)")
        }
      } catch {
        #expect(error is DatasetError, "mutation \(mutation): \(error)")
        refused += 1
      }
    }
    // Else the mutations would show nothing.
    #expect(refused > Self.mutations / 10)
  }

  private static func mutate(
    _ bytes: inout [UInt8], _ sources: [[UInt8]], _ random: inout RandomStream
  ) {
    func place(_ count: Int) -> Int { random.uniformInteger(below: max(1, count)) }
    let start = place(bytes.count)
    let end = min(bytes.count, start + place(12))
    switch place(6) {
    case 0 where start < bytes.count: bytes[start] ^= 1 << UInt8(place(8))
    case 1 where start < bytes.count: bytes[start] = UInt8(place(256))
    case 2: bytes.removeSubrange(start..<end)
    case 3: bytes.removeSubrange(start...)
    case 4: bytes.insert(contentsOf: bytes[start..<end], at: place(bytes.count))
    default:
      let harm = sources[1]
      let first = place(harm.count)
      bytes.insert(contentsOf: harm[first..<min(harm.count, first + 1 + place(6))], at: start)
    }
  }
}
