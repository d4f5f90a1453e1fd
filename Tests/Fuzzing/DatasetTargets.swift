import Crypto
import Foundation
import LinearAlgebra

@testable import Datasets

/// Tables by several schemas; the first byte chooses.
func checkTable(_ bytes: Data) {
  guard let first = bytes.first else { return }
  let schema = schemas[Int(first) % schemas.count]
  let path = file("table.csv", of: bytes.dropFirst())
  guard let table = try? Table(path: path, schema: schema) else { return }
  check(table.examples, shape: .features(schema.featureCount), classCount: schema.classCount)
  require(table.examples.ownerCount == schema.userCount ?? 0, "users")
}

private let schemas: [TableSchema] = {
  do {
    return try [
      TableSchema(
        columns: [
          TableColumn("x", .number(-1...1, missing: .init(0, isIndicated: true))),
          TableColumn("c", .category(["a", "b"])), TableColumn("y", .label(["0", "1"])),
          TableColumn("u", .user(count: 2)),
        ], dialect: TableDialect(trimsSpaces: true)),
      TableSchema(
        columns: [
          TableColumn("x", .number(0...1)), TableColumn("z", .ignored),
          TableColumn("y", .label(["no", "yes"])),
        ], dialect: TableDialect(delimiter: ";", hasHeader: false, skippedLines: 1)),
      AdultTables.schema(skippedLines: 0), HeartDiseaseTable.schema(), BreastCancerTable.schema(),
    ]
  } catch {
    fatalError("\(error)")
  }
}()

/// The records of a delimited file, written by RFC 4180, are the same records.
func checkRecords(_ bytes: Data) {
  func records(_ bytes: Data) throws -> [[String]] {
    let dialect = try TableDialect()
    var reader = try DelimitedRecords(path: file("records.csv", of: bytes), dialect: dialect)
    var records: [[String]] = []
    while let record = try reader.record() { records.append(record.values) }
    let sum = try reader.sha256()
    require(sum.count == 64, "a sum")
    return records
  }
  guard let found = try? records(bytes) else { return }
  let lines = found.map { record in
    record.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
      .joined(separator: ",") + "\n"
  }
  let copy = try? records(Data(lines.joined().utf8))
  require(copy == found, "\(found) is read again as \(copy ?? [])")
}

/// A file of a known data set is that file, or refused.
func checkIDX(_ bytes: Data) {
  let pixels: [UInt8] = [0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220]
  let header = IDXHeader(dimensions: [3, 2, 2])
  let known = DatasetFile(
    name: "images", content: .idx(dimensions: header.dimensions, elementBound: 256),
    sha256: SHA256.hash(data: header.bytes + pixels).hexadecimal)
  let path = file("images", of: bytes)
  guard
    let reader = try? IDXFile(known, of: .mnist, in: (path as NSString).deletingLastPathComponent),
    let elements = try? reader.elements()
  else { return }
  require(elements == pixels, "another file was taken for the known one")
  if !bytes.starts(with: [0x1f, 0x8b]) {
    require(bytes.elementsEqual(header.bytes + pixels), "more was taken for the known file")
  }
}

/// A NumPy array in the other order of its bytes is the same array.
func checkArray(_ bytes: Data) {
  guard let array = try? NumPyArray([UInt8](bytes)) else { return }
  let count = array.shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
  require(array.elementCount == count, "\(array.shape) has \(array.elementCount) elements")
  guard count > 0 else { return }
  let shape = array.shape.map { "\($0)," }.joined()
  var copy = [0x93] + Array("NUMPY".utf8) + [1, 0]
  let text = "{'descr': '>f8', 'fortran_order': False, 'shape': (\(shape)), }\n"
  copy += [
    UInt8(truncatingIfNeeded: text.utf8.count), UInt8(truncatingIfNeeded: text.utf8.count >> 8),
  ]
  copy += Array(text.utf8)
  for position in 0..<count {
    let bits = array.number(at: position).bitPattern
    for shift in stride(from: 56, through: 0, by: -8) {
      copy.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    require(array.index(at: position).count == array.shape.count, "an index")
    if !array.isWhole { require(array.whole(at: position) == nil, "a whole number") }
  }
  guard text.utf8.count < 65536 else { return }
  guard let again = try? NumPyArray(copy) else { fatalError("\(text) is not read") }
  require(
    again.shape == array.shape
      && (0..<count).allSatisfy {
        again.number(at: $0).bitPattern == array.number(at: $0).bitPattern
      }, "\(text) differs")
}

/// Archives: members whose checksum holds; as examples, what was declared.
func checkArchive(_ bytes: Data) {
  let path = file("arrays.npz", of: bytes)
  guard let archive = try? ZipArchive(path: path) else { return }
  for name in archive.memberNames { _ = try? archive.member(name) }
  let schema = ExampleSchema(
    shape: .image(height: 2, width: 3), classCount: 3, userCount: 3, bounds: 0...1)
  let files = ExampleFiles.arrays(
    ArrayFiles(archive: path, features: "features", labels: "labels", users: "users"), schema)
  var sums = FileSums()
  guard let examples = try? files.read(exampleCount: 5, from: "/", sums: &sums) else { return }
  check(examples, shape: schema.shape, classCount: schema.classCount)
}

/// LEAF's JSON.
func checkLEAF(_ bytes: Data) {
  let schema = ExampleSchema(shape: .features(3), classCount: 3)
  var sums = FileSums()
  guard
    let examples = try? LEAFExamples.read(
      file("data.json", of: bytes), schema: schema, exampleCount: 3, sums: &sums)
  else { return }
  require(examples.exampleCount == 3, "\(examples.exampleCount) examples")
  check(examples, shape: schema.shape, classCount: schema.classCount)
}

private func check(_ examples: LabeledExamples, shape: ExampleShape, classCount: Int) {
  require(
    examples.featureCount == shape.featureCount && examples.classCount == classCount, "a shape")
  require(examples.labels.count == examples.exampleCount, "a label an example")
  require(examples.labels.allSatisfy { Int($0) < classCount }, "labels")
  switch examples.features {
  case .floats(let features):
    require(features.count == examples.exampleCount * shape.featureCount, "features")
    require(features.allSatisfy(\.isFinite), "a feature that is not finite")
  default: break
  }
}
