import LinearAlgebra

/// Where the arrays of examples are: in one `.npz` archive or in `.npy` files.
public struct ArrayFiles: Hashable, Sendable {
  /// The path of an archive; nil where each array has a file of its own.
  public let archive: String?

  /// Names in the archive, or paths.
  public let features: String
  public let labels: String
  /// Whose each example is, by whole numbers; nil where the schema has no users.
  public let users: String?

  public init(archive: String?, features: String, labels: String, users: String? = nil) {
    self.archive = archive
    self.features = features
    self.labels = labels
    self.users = users
  }
}

extension ArrayFiles {
  func resolved(from folder: String) -> ArrayFiles {
    guard archive == nil else {
      return ArrayFiles(
        archive: archive.map { resolve($0, from: folder) }, features: features, labels: labels,
        users: users)
    }
    return ArrayFiles(
      archive: nil, features: resolve(features, from: folder),
      labels: resolve(labels, from: folder), users: users.map { resolve($0, from: folder) })
  }

  var paths: [String] {
    archive.map { [$0] } ?? [features, labels] + (users.map { [$0] } ?? [])
  }

  /// Reads `[example, feature...]`, `[example]` and, where the schema has users, `[example]`.
  func read(
    _ schema: ExampleSchema, exampleCount: Int, sums: inout FileSums
  ) throws(DatasetError) -> LabeledExamples {
    for path in paths { try sums.add(path) }
    let archive = try archive.map { path throws(DatasetError) in try ZipArchive(path: path) }
    func array(_ name: String) throws(DatasetError) -> FoundArray {
      if let archive {
        return try FoundArray(try archive.member("\(name).npy"), path: archive.path, name: name)
      }
      var bytes = try SummedBytes(path: name)
      return try FoundArray(try bytes.takeRest(), path: name, name: nil)
    }

    let features = try array(features)
    let labels = try array(labels)
    let count = try labels.vectorCount()
    guard count > 0 else { throw .noExamples(path: labels.path) }
    guard count == exampleCount else {
      throw .exampleCountMismatch(path: labels.path, declared: exampleCount, found: count)
    }
    var owners: [Int32]?
    if let userCount = schema.userCount {
      guard let users else { preconditionFailure("an array says whose the examples are") }
      owners = try array(users).owners(exampleCount: count, userCount: userCount)
    }
    return LabeledExamples(
      features: try features.features(exampleCount: count, schema),
      labels: try labels.labels(classCount: schema.classCount), featureCount: schema.featureCount,
      classCount: schema.classCount, owners: owners, ownerCount: schema.userCount ?? 0)
  }
}

/// An array and where it was found.
private struct FoundArray {
  let array: NumPyArray
  let path: String
  let name: String?

  init(_ bytes: [UInt8], path: String, name: String?) throws(DatasetError) {
    self.path = path
    self.name = name
    do {
      array = try NumPyArray(bytes)
    } catch {
      throw .array(ArrayError(error.problem, path: path, array: name))
    }
  }

  func vectorCount() throws(DatasetError) -> Int {
    guard array.shape.count == 1 else { throw fault(.shape(expected: "[n]", found: array.shape)) }
    return array.shape[0]
  }

  func labels(classCount: Int) throws(DatasetError) -> [UInt8] {
    guard array.isWhole else { throw fault(.notWhole) }
    var labels: [UInt8] = []
    labels.reserveCapacity(array.elementCount)
    for position in 0..<array.elementCount {
      guard let label = array.whole(at: position), (0..<Int64(classCount)).contains(label) else {
        let label = array.whole(at: position).map(String.init) ?? "2^63 or more"
        throw fault(.labelOutOfRange(label, position: position, classCount: classCount))
      }
      labels.append(UInt8(label))
    }
    return labels
  }

  func owners(exampleCount: Int, userCount: Int) throws(DatasetError) -> [Int32] {
    guard array.isWhole else { throw fault(.notWhole) }
    guard array.shape == [exampleCount] else {
      throw fault(.shape(expected: "[\(exampleCount)]", found: array.shape))
    }
    var users = UserNumbers<Int64?>()
    let owners = (0..<exampleCount).map { users.number(of: array.whole(at: $0)) }
    guard users.count == userCount else {
      throw .userCountMismatch(path: path, declared: userCount, found: users.count)
    }
    return owners
  }

  /// Takes the declared shape, or all features in a row; one channel may go unsaid.
  func features(exampleCount: Int, _ schema: ExampleSchema) throws(DatasetError) -> FeatureRows {
    let shape = schema.shape
    var allowed = [[shape.height, shape.width, shape.channels], [shape.featureCount]]
    if shape.channels == 1 { allowed.append([shape.height, shape.width]) }
    guard array.shape.first == exampleCount, allowed.contains(Array(array.shape.dropFirst())) else {
      throw fault(
        .shape(
          expected: allowed.map { "\([exampleCount] + $0)" }.joined(separator: " or "),
          found: array.shape))
    }
    if schema.bounds == nil || schema.bounds == 0...255, let bytes = array.unsignedBytes {
      return .bytes(bytes)
    }
    var features: [Float] = []
    features.reserveCapacity(array.elementCount)
    for position in 0..<array.elementCount {
      guard let feature = schema.feature(array.number(at: position)) else {
        throw fault(.notFinite(index: array.index(at: position)))
      }
      features.append(feature)
    }
    return .floats(features)
  }

  private func fault(_ problem: ArrayError.Problem) -> DatasetError {
    .array(ArrayError(problem, path: path, array: name))
  }
}
