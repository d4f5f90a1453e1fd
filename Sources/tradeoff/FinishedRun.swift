import Experiments
import Results

/// A results folder whose every trial may be looked at.
struct FinishedRun {
  let directory: String
  let files: RunFiles

  /// Throws where there is no finished run, and where it chooses privately: its one published result is the
  /// choice.
  init(directory: String) throws {
    files = try RunFiles(directory: directory)
    guard files.selection == nil else { throw PrivateChoiceError(directory: directory) }
    self.directory = directory
  }

  func plan() throws -> Plan { try Plan(directory: directory, files: files) }
}

/// The epsilon of a private choice covers nothing but the choice.
struct PrivateChoiceError: Error, CustomStringConvertible {
  let directory: String

  var description: String {
    "\(directory) chooses privately: its epsilon covers the chosen run in selection.csv alone, and "
      + "comparing or publishing its other runs is not covered by it."
  }
}
