import Foundation

/// Files of examples in one of the formats that are read, and what is declared of them.
public enum ExampleFiles: Hashable, Sendable {
  case table(path: String, TableSchema)
  case arrays(ArrayFiles, ExampleSchema)
  /// A file or a folder of files.
  case leaf(path: String, ExampleSchema)

  public var featureCount: Int {
    switch self {
    case .table(_, let schema): schema.featureCount
    case .arrays(_, let schema), .leaf(_, let schema): schema.featureCount
    }
  }

  public var classCount: Int {
    switch self {
    case .table(_, let schema): schema.classCount
    case .arrays(_, let schema), .leaf(_, let schema): schema.classCount
    }
  }

  /// 0 where it is not read whose an example is.
  public var ownerCount: Int {
    switch self {
    case .table(_, let schema): schema.userCount ?? 0
    case .arrays(_, let schema), .leaf(_, let schema): schema.userCount ?? 0
    }
  }

  var ignoringUsers: ExampleFiles {
    switch self {
    case .table(let path, let schema): .table(path: path, schema.ignoringUsers)
    case .arrays(let files, let schema): .arrays(files, schema.ignoringUsers)
    case .leaf(let path, let schema): .leaf(path: path, schema.ignoringUsers)
    }
  }

  /// Reads and checks the examples, and adds the sums of the files in the order of ``paths(from:)``.
  func read(
    exampleCount: Int, from folder: String, sums: inout FileSums
  ) throws(DatasetError) -> LabeledExamples {
    switch self {
    case .table(let path, let schema):
      let path = resolve(path, from: folder)
      let table = try Table(path: path, schema: schema, exampleCount: exampleCount)
      sums.add(path, sha256: table.sha256)
      return table.examples
    case .arrays(let files, let schema):
      return try files.resolved(from: folder)
        .read(schema, exampleCount: exampleCount, sums: &sums)
    case .leaf(let path, let schema):
      return try LEAFExamples.read(
        resolve(path, from: folder), schema: schema, exampleCount: exampleCount, sums: &sums)
    }
  }

  /// The files that ``read(exampleCount:from:sums:)`` reads.
  func paths(from folder: String) throws(DatasetError) -> [String] {
    switch self {
    case .table(let path, _): [resolve(path, from: folder)]
    case .arrays(let files, _): files.resolved(from: folder).paths
    case .leaf(let path, _): try LEAFExamples.files(at: resolve(path, from: folder))
    }
  }
}

/// A path that begins in `folder`, unless it begins at the root or, with `~/`, in the user's own folder.
func resolve(_ path: String, from folder: String) -> String {
  if path.hasPrefix("~/") { return NSHomeDirectory() + path.dropFirst() }
  return path.hasPrefix("/") ? path : "\(folder)/\(path)"
}
