public import Foundation

/// A new empty folder that is removed with its contents at the end of its life.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "TradeoffTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    path = url.path(percentEncoded: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a name in the folder.
  public func at(_ name: String) -> String { "\(path)/\(name)" }

  public func write(_ data: Data, to name: String) throws {
    try data.write(to: URL(filePath: at(name)))
  }

  public func write(_ text: String, to name: String) throws {
    try write(Data(text.utf8), to: name)
  }

  public func data(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: at(name))) }

  public func text(_ name: String) throws -> String {
    String(decoding: try data(name), as: UTF8.self)
  }

  /// Everything in the folder, hidden files and folders included, as sorted relative paths.
  public var contents: [String] {
    FileManager.default.subpaths(atPath: path)?.sorted() ?? []
  }
}
