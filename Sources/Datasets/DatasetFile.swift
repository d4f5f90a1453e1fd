import Crypto
import Foundation

/// What one file of a known data set must hold.
public struct DatasetFile: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    /// An IDX file of bytes: `[example, row, column]` for images, `[example]` for labels. Every element
    /// is below the bound: 256 for pixels, the number of classes for labels.
    case idx(dimensions: [Int], elementBound: Int)
    case text(byteCount: Int)
  }

  /// Its path in the data set's folder, without `.gz`; a file is read under this name or, packed, with
  /// `.gz` at the end.
  public let name: String

  public let content: Content

  /// SHA-256 of the unpacked bytes, 64 lower-case hexadecimal digits.
  public let sha256: String

  public var unpackedByteCount: Int {
    switch content {
    case .idx(let dimensions, _):
      let header = IDXHeader(dimensions: dimensions)
      return header.byteCount + header.elementCount
    case .text(let byteCount): return byteCount
    }
  }

  /// The names that the file may have, in the order in which they are looked for.
  var names: [String] { [".gz", ""].map { name + $0 } }

  /// Where the file is in `folder`.
  func path(in folder: String, of dataset: KnownDataset) throws(DatasetError) -> String {
    let paths = names.map { "\(folder)/\($0)" }
    guard let path = paths.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw .fileMissing(name: name, folder: folder, dataset: dataset)
    }
    return path
  }

  /// Throws unless `found`, the sum of the bytes of the file at `path`, is this file's.
  func check(sha256 found: String, path: String) throws(DatasetError) {
    guard found == sha256 else {
      throw .wrongChecksum(path: path, expected: sha256, found: found)
    }
  }
}

/// The files of a known data set.
public struct DatasetFiles: Hashable, Sendable {
  public let all: [DatasetFile]

  /// One sum for the whole set: the SHA-256 of the lines that `sha256sum` prints for the unpacked
  /// files in the order of ``all``, so that anyone can re-derive it in a shell.
  public var fingerprint: String { sha256(ofSums: all.map { ($0.sha256, $0.name) }) }
}

/// The SHA-256 of the lines that `sha256sum` prints for some files.
func sha256(ofSums sums: [(sha256: String, name: String)]) -> String {
  let lines = sums.map { "\($0.sha256)  \($0.name)\n" }.joined()
  return SHA256.hash(data: Data(lines.utf8)).hexadecimal
}

extension SHA256.Digest {
  package var hexadecimal: String {
    map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
