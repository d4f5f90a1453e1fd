import Foundation

/// The SHA-256 sums of the files that a data set was read from.
struct FileSums {
  private var sums: [(path: String, sha256: String)] = []

  /// One sum for all files: the SHA-256 of the lines that `sha256sum` prints for them, unpacked and
  /// named without their folders, in the order in which they were read.
  var fingerprint: String {
    Datasets.sha256(ofSums: sums.map { ($0.sha256, URL(filePath: $0.path).lastPathComponent) })
  }

  /// Notes the sum of a file, once.
  mutating func add(_ path: String, sha256: String) {
    if !contains(path) { sums.append((path, sha256)) }
  }

  /// Reads a file for its sum, once.
  mutating func add(_ path: String) throws(DatasetError) {
    guard !contains(path) else { return }
    let bytes = try SummedBytes(path: path)
    add(path, sha256: try bytes.sha256())
  }

  private func contains(_ path: String) -> Bool { sums.contains { $0.path == path } }
}
