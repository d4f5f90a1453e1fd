internal import Foundation

/// The secret that a run's noise, cohorts and batches hang from, where they do not hang from the seed: 32
/// bytes in `.partial/entropy`, for the owner's eyes alone.
///
/// An interrupted run needs them: a trial that starts over is free only because it repeats its noise. So
/// they are on the device before the first release, and erased once no trial needs them any more. A file
/// system or a device that keeps what was overwritten is beyond reach: the folder belongs on a disk that
/// is as safe as the data.
extension RunDirectory {
  /// Draws the entropy, unless an interrupted run has.
  ///
  /// - Parameter trials: that draw from it and are not finished. Refused are those that have begun with
  ///   entropy that is not there any more: their releases cannot be repeated.
  public func prepareEntropy(of trials: [TrialID]) throws(ResultsError) {
    let path = Self.entropyPath(in: self.path)
    if exists(path) {
      _ = try entropy()
      return
    }
    for trial in trials {
      let ledger = Self.ledgerPath(trial.description, in: self.path)
      if exists(ledger), try !read(ledger).isEmpty { throw .entropyIsLost(directory: self.path) }
    }
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<Self.entropyByteCount).map { _ in UInt8.random(in: 0...255, using: &generator)
    }
    let temporary = path + ".new"
    try remove(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemErrorReason()) }
    defer { close(descriptor) }
    try writeAll(Data(bytes), to: descriptor, path: path)
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw .cannotWrite(path: path, reason: systemErrorReason())
    }
    try flushEntry(of: path)
  }

  /// What was drawn, 32 bytes.
  public func entropy() throws(ResultsError) -> [UInt8] {
    let path = Self.entropyPath(in: self.path)
    let bytes = try read(path)
    guard bytes.count == Self.entropyByteCount else {
      throw .unreadable(
        file: path, reason: "it has \(bytes.count) bytes, and not \(Self.entropyByteCount)")
    }
    return [UInt8](bytes)
  }

  /// Overwrites and removes the entropy, and what a run left that was killed while it drew it.
  static func eraseEntropy(in folder: String) throws(ResultsError) {
    for path in [entropyPath(in: folder), entropyPath(in: folder) + ".new"] {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
      if descriptor < 0 && errno == ENOENT { continue }
      guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemErrorReason()) }
      defer { close(descriptor) }
      try writeAll(Data(count: entropyByteCount), to: descriptor, path: path)
      guard fsync(descriptor) == 0 else {
        throw .cannotWrite(path: path, reason: systemErrorReason())
      }
      try remove(path)
      try flushEntry(of: path)
    }
  }

  private static let entropyByteCount = 32

  private static func entropyPath(in folder: String) -> String { "\(folder)/.partial/entropy" }
}
