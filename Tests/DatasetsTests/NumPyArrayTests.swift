import Testing

@testable import Datasets

struct NumPyArrayTests {
  /// Every type, byte order, version of the format and order of the elements that NumPy wrote.
  @Test(arguments: ReferenceArrays.shared.arrays)
  func readsWhatNumPyWrote(entry: ReferenceArrays.Entry) throws {
    let array = try NumPyArray([UInt8](entry.file))
    #expect(array.shape == entry.shape)
    #expect(array.elementCount == entry.numbers.count)
    let positions = 0..<array.elementCount
    #expect(positions.map { array.number(at: $0).bitPattern } == entry.numbers.map(\.bitPattern))
    #expect(array.isWhole == (entry.whole != nil))
    if let whole = entry.whole {
      #expect(positions.map { array.whole(at: $0) } == whole.map { Int64($0) })
    }
  }

  @Test(
    arguments: [
      ("half", "<f2"), ("complex", "<c8"), ("text", "<U2"), ("bytes", "|S2"), ("date", "<M8[D]"),
      ("record", "a record of several fields"), ("objects", "|O"),
    ])
  func refusesTypesThatAreNoNumbersItReads(name: String, type: String) throws {
    let bytes = try #require(ReferenceArrays.shared.refused[name])
    #expect(problem([UInt8](bytes)) == .unknownType(type))
  }

  @Test func refusesEveryTruncationAndAnyByteMore() throws {
    for entry in ReferenceArrays.shared.arrays where entry.name != "no rows" {
      let bytes = [UInt8](entry.file)
      for count in 0..<bytes.count {
        #expect(problem(Array(bytes.prefix(count))) != nil, "\(entry.name), \(count) bytes")
      }
      guard case .byteCount(let expected, let found) = problem(bytes + [0]) else {
        Issue.record("\(entry.name) with a byte more")
        continue
      }
      #expect(found == expected + 1, "\(entry.name)")
    }
  }

  static func file(_ header: String, version: UInt8 = 1) -> [UInt8] {
    [0x93] + Array("NUMPY".utf8) + [version, 0, UInt8(header.utf8.count), 0]
      + (version == 1 ? [] : [0, 0]) + Array(header.utf8)
  }

  @Test(
    arguments: [
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (0,), }\n", nil),
      ("{'shape':(0,0,),\"fortran_order\":True,'descr':\"<f8\"}", nil),
      (
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }",
        .byteCount(expected: 8, found: 0)
      ),
      (
        "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", .byteCount(expected: 8, found: 0)
      ),
      (
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }",
        .header(reason: "its shape is too large")
      ),
      ("{'descr': '<f16', 'fortran_order': False, 'shape': (0,), }", .unknownType("<f16")),
      ("{'descr': '|i4', 'fortran_order': False, 'shape': (0,), }", .unknownType("|i4")),
    ] as [(String, ArrayError.Problem?)])
  func understandsTheHeader(header: String, expected: ArrayError.Problem?) {
    for version: UInt8 in 1...3 {
      #expect(problem(Self.file(header, version: version)) == expected)
    }
  }

  @Test(
    arguments: [
      "", "{", "{}", "[]", "{'descr': '<f8'}", "{'descr': '<f8', 'fortran_order': False}",
      "{'descr': '<f8', 'fortran_order': 0, 'shape': (0,)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': [0]}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (0,)} x",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (0,), 'shape': (0,)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (0,), 'more': True}",
      "{'descr: 1}", "{'descr': [['x', '<f8']",
    ])
  func refusesAHeaderThatIsNotNumPys(header: String) {
    guard case .header = problem(Self.file(header)) else {
      Issue.record("\(header)")
      return
    }
  }

  @Test func refusesWhatIsNoArray() {
    #expect(problem([]) == .notNumPy)
    #expect(problem(Array("PK\u{3}\u{4}, an archive".utf8)) == .notNumPy)
    #expect(problem([0x93] + Array("NUMPY".utf8) + [4, 0, 0, 0]) == .unknownVersion(4))
  }

  @Test func namesPlacesByAllIndices() throws {
    let array = try NumPyArray(ReferenceArrays.shared.array("fortran cube"))
    #expect(array.index(at: 0) == [0, 0, 0])
    #expect(array.index(at: 23) == [1, 2, 3])
    #expect(array.index(at: 13) == [1, 0, 1])
  }

  private func problem(_ bytes: [UInt8]) -> ArrayError.Problem? {
    do throws(ArrayError.Fault) {
      _ = try NumPyArray(bytes)
      return nil
    } catch {
      return error.problem
    }
  }
}
