import Foundation

/// The checkout that holds these tests.
enum Repository {
  /// The path of a file or folder in it.
  static func path(_ name: String) -> String {
    (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
      .appending(path: name).path(percentEncoded: false)
  }
}
