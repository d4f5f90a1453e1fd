internal import Crypto
public import Datasets
internal import Foundation
internal import LinearAlgebra

/// A folder of features that take long to compute.
///
/// A file is named by the SHA-256 of all that its contents follow from, and ends in that of its
/// contents. It appears when it is whole.
public struct FeatureCache: Sendable {
  public let folder: String

  public init(folder: String) { self.folder = folder }

  /// `$XDG_CACHE_HOME/tradeoff/features`, or the same in `~/.cache`.
  public static var standard: FeatureCache {
    let given = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? ""
    let root = given.isEmpty ? NSHomeDirectory() + "/.cache" : given
    return FeatureCache(folder: root + "/tradeoff/features")
  }

  /// What features are of.
  struct Entry {
    /// Of the data set.
    let fingerprint: String
    let part: String
    let shape: ExampleShape
    let steps: [FeatureStep]
    /// How many numbers.
    let count: Int

    /// Rises with every change to what a step computes.
    private static let version = 1

    var name: String {
      let text = "\(Self.version) \(fingerprint) \(part) \(shape) \(steps) \(count)"
      return SHA256.hash(data: Data(text.utf8)).hexadecimal + ".floats"
    }
  }

  /// nil where they are not kept.
  func features(of entry: Entry) throws(FeatureError) -> [Float]? {
    let path = "\(folder)/\(entry.name)"
    guard let file = fopen(path, "rb") else {
      if errno == ENOENT { return nil }
      throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    let features = [Float](unsafeUninitializedCapacity: entry.count) { buffer, count in
      count = fread(buffer.baseAddress, MemoryLayout<Float>.size, entry.count, file)
    }
    var sum = [UInt8](repeating: 0, count: SHA256.byteCount + 1)
    let sumCount = fread(&sum, 1, sum.count, file)
    guard features.count == entry.count, sumCount == SHA256.byteCount,
      Array(digest(of: features)) == Array(sum[..<sumCount])
    else { throw .cannotRead(path: path, reason: "it is damaged") }
    return features
  }

  func keep(_ rows: FeatureRows, as entry: Entry) throws(FeatureError) {
    guard case .floats(let features) = rows else { preconditionFailure("a step makes floats") }
    let path = "\(folder)/\(entry.name)"
    func failure() -> FeatureError {
      .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch { throw .cannotWrite(path: folder, reason: error.localizedDescription) }
    // What a process left that was killed here is written over.
    let temporary = "\(path).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0, let file = fdopen(descriptor, "wb") else { throw failure() }
    defer { fclose(file) }
    guard flock(descriptor, LOCK_EX) == 0 else { throw failure() }
    // Another process kept them meanwhile, and what it renamed is what is open here.
    if access(path, F_OK) == 0 { return }
    let sum = Array(digest(of: features))
    guard ftruncate(descriptor, 0) == 0,
      fwrite(features, MemoryLayout<Float>.size, features.count, file) == features.count,
      fwrite(sum, 1, sum.count, file) == sum.count, fflush(file) == 0, fsync(descriptor) == 0,
      rename(temporary, path) == 0
    else {
      let problem = failure()
      ftruncate(descriptor, 0)
      throw problem
    }
  }
}

private func digest(of features: [Float]) -> SHA256.Digest {
  var sum = SHA256()
  features.withUnsafeBytes { sum.update(bufferPointer: $0) }
  return sum.finalize()
}
