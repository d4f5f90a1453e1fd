import Foundation
import LinearAlgebra

/// Examples in the format of LEAF: JSON files of `users`, `num_samples` and `user_data`, which gives
/// each user inputs `x` and labels `y`.
///
/// Caldas, Duddu, Wu, Li, Konecny, McMahan, Smith, Talwalkar: LEAF: A Benchmark for Federated Settings,
/// arXiv:1812.01097 (2018), and https://github.com/TalwalkarLab/leaf. Inputs are numbers, in any
/// nesting of lists: sentences and image names are not read.
///
/// LEAF's own split into training and test files drops users of one example from `users`, and leaves
/// them without examples in `user_data`; such users are passed over.
struct LEAFExamples {
  private let schema: ExampleSchema
  private var features: [Float] = []
  private var labels: [UInt8] = []
  private var owners: [Int32] = []
  private var users = UserNumbers<String>()

  /// Reads a file, or all files of a folder whose names end in `.json`, in the order of their names.
  ///
  /// Users are numbered in the order of their examples.
  static func read(
    _ path: String, schema: ExampleSchema, exampleCount: Int, sums: inout FileSums
  ) throws(DatasetError) -> LabeledExamples {
    var examples = LEAFExamples(schema: schema)
    for file in try files(at: path) { try sums.add(file, sha256: examples.add(file)) }
    guard !examples.labels.isEmpty else { throw .noExamples(path: path) }
    guard examples.labels.count == exampleCount else {
      throw .exampleCountMismatch(
        path: path, declared: exampleCount, found: examples.labels.count)
    }
    if let userCount = schema.userCount, userCount != examples.users.count {
      throw .userCountMismatch(path: path, declared: userCount, found: examples.users.count)
    }
    return LabeledExamples(
      features: .floats(examples.features), labels: examples.labels,
      featureCount: schema.featureCount, classCount: schema.classCount,
      owners: schema.userCount == nil ? nil : examples.owners, ownerCount: schema.userCount ?? 0)
  }

  static func files(at path: String) throws(DatasetError) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [path] }
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      return names.filter { $0.hasSuffix(".json") }.sorted().map { "\(path)/\($0)" }
    } catch {
      throw .unreadable(path: path, reason: UnpackedFile.reason(of: error))
    }
  }

  private init(schema: ExampleSchema) { self.schema = schema }

  /// Adds the examples of one file, and returns its sum.
  private mutating func add(_ path: String) throws(DatasetError) -> String {
    var reader = try JSONReader(path: path)
    var listed: [String]?
    var stated: [Double]?
    var found: [String: (inputs: Int, labels: Int)]?
    try reader.readObject { key, reader throws(DatasetError) in
      switch key {
      case "users":
        guard listed == nil else { throw Self.fault(.repeatedKey(key), path) }
        var names: [String] = []
        try reader.readArray { reader throws(DatasetError) in names.append(try reader.readString())
        }
        listed = names
      case "num_samples":
        guard stated == nil else { throw Self.fault(.repeatedKey(key), path) }
        var counts: [Double] = []
        try reader.readArray { reader throws(DatasetError) in counts.append(try reader.readNumber())
        }
        stated = counts
      case "user_data":
        guard found == nil else { throw Self.fault(.repeatedKey(key), path) }
        found = try readUsers(from: &reader)
      default: try reader.skipValue()
      }
    }
    guard let listed else { throw Self.fault(.missingKey("users"), path) }
    guard let stated else { throw Self.fault(.missingKey("num_samples"), path) }
    guard let found else { throw Self.fault(.missingKey("user_data"), path) }
    try Self.check(found, listed: listed, stated: stated, path: path)
    return try reader.sha256()
  }

  /// Compares what each user has with what the file says of it.
  private static func check(
    _ found: [String: (inputs: Int, labels: Int)], listed: [String], stated: [Double], path: String
  ) throws(DatasetError) {
    guard listed.count == stated.count else {
      throw fault(.unequalLists(users: listed.count, sampleCounts: stated.count), path)
    }
    var unlisted = found
    for (user, count) in zip(listed, stated) {
      guard let counts = unlisted.removeValue(forKey: user) else {
        throw fault(found[user] == nil ? .userWithoutData : .repeatedUser, path, user)
      }
      guard counts.inputs == counts.labels, Double(counts.labels) == count else {
        throw fault(
          .exampleCounts(inputs: counts.inputs, labels: counts.labels, stated: count), path, user)
      }
      guard counts.labels > 0 else { throw fault(.userWithoutExamples, path, user) }
    }
    if let user = unlisted.filter({ $0.value != (0, 0) }).keys.min() {
      throw fault(.unlistedUser, path, user)
    }
  }

  private mutating func readUsers(
    from reader: inout JSONReader
  ) throws(DatasetError) -> [String: (inputs: Int, labels: Int)] {
    var found: [String: (inputs: Int, labels: Int)] = [:]
    try reader.readObject { user, reader throws(DatasetError) in
      let path = reader.path
      guard found[user] == nil else { throw Self.fault(.repeatedUser, path, user) }
      var inputs: Int?
      var labels: Int?
      try reader.readObject { key, reader throws(DatasetError) in
        switch key {
        case "x":
          guard inputs == nil else { throw Self.fault(.repeatedKey(key), path, user) }
          inputs = try readInputs(of: user, from: &reader)
        case "y":
          guard labels == nil else { throw Self.fault(.repeatedKey(key), path, user) }
          labels = try readLabels(of: user, from: &reader)
        default: try reader.skipValue()
        }
      }
      guard let inputs else { throw Self.fault(.missingKey("x"), path, user) }
      guard let labels else { throw Self.fault(.missingKey("y"), path, user) }
      found[user] = (inputs, labels)
      guard labels > 0 else { return }
      let known = users.count
      let owner = users.number(of: user)
      guard users.count > known else { throw Self.fault(.repeatedUser, path, user) }
      owners += repeatElement(owner, count: labels)
    }
    return found
  }

  private mutating func readInputs(
    of user: String, from reader: inout JSONReader
  ) throws(DatasetError) -> Int {
    var count = 0
    try reader.readArray { reader throws(DatasetError) in
      let start = features.count
      guard try readNumbers(from: &reader) else {
        throw Self.fault(.notFinite(example: count), reader.path, user)
      }
      guard features.count - start == schema.featureCount else {
        throw Self.fault(
          .featureCount(
            example: count, expected: schema.featureCount, found: features.count - start),
          reader.path, user)
      }
      count += 1
    }
    return count
  }

  /// Adds all numbers of one input, however nested; false where one is not finite.
  private mutating func readNumbers(from reader: inout JSONReader) throws(DatasetError) -> Bool {
    guard try reader.isAtArray() else {
      guard let feature = schema.feature(try reader.readNumber()) else { return false }
      features.append(feature)
      return true
    }
    var areFinite = true
    try reader.readArray { reader throws(DatasetError) in
      areFinite = try readNumbers(from: &reader) && areFinite
    }
    return areFinite
  }

  private mutating func readLabels(
    of user: String, from reader: inout JSONReader
  ) throws(DatasetError) -> Int {
    var count = 0
    try reader.readArray { reader throws(DatasetError) in
      let value = try reader.readNumber()
      guard let label = UInt8(exactly: value), label < schema.classCount else {
        throw Self.fault(
          .label(example: count, found: value, classCount: schema.classCount), reader.path, user)
      }
      labels.append(label)
      count += 1
    }
    return count
  }

  private static func fault(
    _ problem: LEAFError.Problem, _ path: String, _ user: String? = nil
  ) -> DatasetError {
    .leaf(LEAFError(problem, path: path, user: user))
  }
}
