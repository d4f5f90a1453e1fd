public import Foundation

/// How far trials have come that train side by side: a file for each group in `.partial/checkpoints`,
/// with its checksum in the first line. It is replaced in one step, so that a run killed at any point
/// leaves the old one or the new one.
extension RunDirectory {
  /// - Parameter trial: the first of the group, which names the file.
  public func keepCheckpoint(_ contents: Data, of trial: TrialID) throws(ResultsError) {
    try writeAtomically(
      Data("\(checksum(contents))\n".utf8) + contents, to: checkpointPath(trial))
  }

  /// Removes the group's file once its trials are finished.
  public func removeCheckpoint(of trial: TrialID) throws(ResultsError) {
    try remove(checkpointPath(trial))
  }

  /// All checkpoints that an earlier, interrupted run kept.
  public func checkpoints() throws(ResultsError) -> [(file: String, contents: Data)] {
    var checkpoints: [(file: String, contents: Data)] = []
    for name in try contents(ofDirectory: checkpointFolder).sorted()
    where name.hasSuffix(Self.checkpointSuffix) {
      let file = "\(checkpointFolder)/\(name)"
      let lines = try read(file).split(
        separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
      guard lines.count == 2, lines[0].elementsEqual(checksum(Data(lines[1])).utf8) else {
        throw .wrongCheckpoint(file: file, reason: "its checksum differs")
      }
      checkpoints.append((file, Data(lines[1])))
    }
    return checkpoints
  }

  var checkpointFolder: String { "\(path)/.partial/checkpoints" }
  private static let checkpointSuffix = ".checkpoint"

  private func checkpointPath(_ trial: TrialID) -> String {
    "\(checkpointFolder)/\(trial)\(Self.checkpointSuffix)"
  }
}
