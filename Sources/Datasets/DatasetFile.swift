import Crypto
import Foundation

/// What one IDX file of a known data set must hold.
public struct DatasetFile: Hashable, Sendable {
  /// The name without `.gz`; a file is read under this name or, packed, with `.gz` at the end.
  public let name: String

  /// `[example, row, column]` for images, `[example]` for labels.
  public let dimensions: [Int]

  /// Every element is below this: 256 for pixels, the number of classes for labels.
  public let elementBound: Int

  /// SHA-256 of the unpacked bytes, 64 lower-case hexadecimal digits.
  public let sha256: String

  public var unpackedByteCount: Int { header.byteCount + header.elementCount }

  var header: IDXHeader { IDXHeader(dimensions: dimensions) }
}

/// The four files of a known data set.
public struct DatasetFiles: Hashable, Sendable {
  public let trainingImages: DatasetFile
  public let trainingLabels: DatasetFile
  public let testImages: DatasetFile
  public let testLabels: DatasetFile

  public var all: [DatasetFile] { [trainingImages, trainingLabels, testImages, testLabels] }

  /// One sum for the whole set: the SHA-256 of the four lines that `sha256sum` prints for the
  /// unpacked files in the order of ``all``, so that anyone can re-derive it in a shell.
  public var fingerprint: String {
    let lines = all.map { "\($0.sha256)  \($0.name)\n" }.joined()
    return SHA256.hash(data: Data(lines.utf8)).hexadecimal
  }
}

extension SHA256.Digest {
  var hexadecimal: String {
    map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
