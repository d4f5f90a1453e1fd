import LinearAlgebra
import Testing

@testable import Datasets

struct ArrayFilesTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  static let images = ExampleSchema(shape: .image(height: 2, width: 3), classCount: 3, userCount: 3)
  static let table = ExampleSchema(shape: .features(2), classCount: 3)

  /// Of `Reference/make_arrays.py`.
  func read(
    _ schema: ExampleSchema = Self.images, features: String = "features", labels: String = "labels",
    archive: String = "compressed", exampleCount: Int = 5
  ) throws -> LabeledExamples {
    let bytes = try #require(ReferenceArrays.shared.archives[archive])
    let path = try folder.write([UInt8](bytes), as: "data.npz")
    var sums = FileSums()
    return try ArrayFiles(archive: path, features: features, labels: labels, users: "users")
      .read(schema, exampleCount: exampleCount, sums: &sums)
  }

  @Test(arguments: ["stored", "compressed"])
  func readsAnArchiveThatNumPyWrote(archive: String) throws {
    let examples = try read(archive: archive)
    #expect(examples.features == .bytes((0..<30).map { $0 * 8 }))
    #expect(examples.labels == [2, 0, 1, 2, 1])
    #expect(examples.owners == [0, 1, 0, 2, 1])
    #expect(examples.ownerCount == 3)
    #expect(examples.featureCount == 6)
  }

  @Test func scalesByDeclaredBoundsAlone() throws {
    // numpy.linspace(-1, 2, 10, dtype=numpy.float32)
    let values = (0..<10).map { Float(-1 + Double($0) / 3) }
    #expect(try read(Self.table, features: "table").features == .floats(values))
    let scaled = ExampleSchema(shape: .features(2), classCount: 3, bounds: 0...1)
    let clipped = values.map { Float(min(max(Double($0), 0), 1)) }
    #expect(try read(scaled, features: "table").features == .floats(clipped))
    let bytes = ExampleSchema(shape: .image(height: 2, width: 3), classCount: 3, bounds: 0...16)
    #expect(
      try read(bytes).features
        == .floats((0..<30).map { Float(min(Double($0) * 8, 16) / 16) }))
  }

  @Test func readsFilesOfOneArrayEach() throws {
    // A number is read as a feature whatever its type.
    try folder.write(ReferenceArrays.shared.array("fortran plane"), as: "x.npy")
    let labels = try #require(ReferenceArrays.shared.archives["stored"])
    let archive = try ZipArchive(path: try folder.write([UInt8](labels), as: "data.npz"))
    try folder.write(Array(try archive.member("labels.npy").dropLast(8)), as: "y.npy")
    let files = ArrayFiles(archive: nil, features: "x.npy", labels: "y.npy")
    var sums = FileSums()
    let schema = ExampleSchema(shape: .features(6), classCount: 3)
    // Four labels where the header says five.
    #expect(
      throws: DatasetError.array(
        ArrayError(.byteCount(expected: 40, found: 32), path: "\(folder.path)/y.npy"))
    ) {
      try files.resolved(from: folder.path).read(schema, exampleCount: 4, sums: &sums)
    }
    try folder.write(
      NumPyArrayTests.file("{'descr': '|u1', 'fortran_order': False, 'shape': (4,), }")
        + [2, 0, 1, 2], as: "y.npy")
    let examples = try files.resolved(from: folder.path)
      .read(schema, exampleCount: 4, sums: &sums)
    #expect(examples.features == .floats((0..<24).map { Float($0) }))
    #expect(examples.labels == [2, 0, 1, 2])
  }

  @Test(
    arguments: [
      (
        ExampleSchema(shape: .image(height: 3, width: 2), classCount: 3), "features", "labels",
        ArrayError.Problem.shape(
          expected: "[5, 3, 2, 1] or [5, 6] or [5, 3, 2]", found: [5, 2, 3]), "features"
      ),
      (
        ExampleSchema(shape: .features(3), classCount: 3), "table", "labels",
        .shape(expected: "[5, 1, 1, 3] or [5, 3]", found: [5, 2]), "table"
      ),
      (table, "table", "table", .shape(expected: "[n]", found: [5, 2]), "table"),
      (table, "table", "users", .labelOutOfRange("30", position: 0, classCount: 3), "users"),
      (
        ExampleSchema(shape: .image(height: 2, width: 3), classCount: 2), "features", "labels",
        .labelOutOfRange("2", position: 0, classCount: 2), "labels"
      ),
    ])
  func namesThePlaceOfAFault(
    schema: ExampleSchema, features: String, labels: String, problem: ArrayError.Problem,
    array: String
  ) throws {
    #expect(
      throws: DatasetError.array(
        ArrayError(problem, path: "\(folder.path)/data.npz", array: array))
    ) {
      try read(schema, features: features, labels: labels)
    }
  }

  @Test func refusesOtherCountsThanDeclared() throws {
    let path = "\(folder.path)/data.npz"
    #expect(throws: DatasetError.exampleCountMismatch(path: path, declared: 6, found: 5)) {
      try read(exampleCount: 6)
    }
    let users = ExampleSchema(shape: .image(height: 2, width: 3), classCount: 3, userCount: 4)
    #expect(throws: DatasetError.userCountMismatch(path: path, declared: 4, found: 3)) {
      try read(users)
    }
    #expect(throws: DatasetError.memberMissing(name: "images.npy", path: path)) {
      try read(features: "images")
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e39])
  func namesTheIndexOfWhatIsNotFinite(value: Double) throws {
    let bytes = [0, 1, value, 3].flatMap { number in
      withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
    }
    try folder.write(
      NumPyArrayTests.file("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }") + bytes,
      as: "x.npy")
    try folder.write(
      NumPyArrayTests.file("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }") + [0, 1],
      as: "y.npy")
    var sums = FileSums()
    #expect(
      throws: DatasetError.array(
        ArrayError(.notFinite(index: [1, 0]), path: "\(folder.path)/x.npy"))
    ) {
      try ArrayFiles(archive: nil, features: "x.npy", labels: "y.npy").resolved(from: folder.path)
        .read(Self.table, exampleCount: 2, sums: &sums)
    }
  }

  @Test func takesLabelsOfWholeNumbersAlone() throws {
    #expect(
      throws: DatasetError.array(ArrayError(.notWhole, path: "\(folder.path)/y.npy"))
    ) {
      try folder.write(
        NumPyArrayTests.file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }")
          + [0, 0, 0, 0], as: "y.npy")
      try folder.write(
        NumPyArrayTests.file("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2), }")
          + [0, 0], as: "x.npy")
      var sums = FileSums()
      _ = try ArrayFiles(archive: nil, features: "x.npy", labels: "y.npy")
        .resolved(from: folder.path).read(Self.table, exampleCount: 1, sums: &sums)
    }
  }
}
