import Experiments
import Results

/// A results folder whose every trial may be looked at.
struct OpenRun {
  let directory: String
  let files: RunFiles
  let provenance: Provenance

  /// Says so where a file is not what the run wrote.
  ///
  /// Throws where there is no finished run, and where it chooses privately, unless all of its runs are
  /// asked for: its one published result is the choice.
  init(directory: String, withPrivateChoices: Bool = false) throws {
    files = try RunFiles(directory: directory)
    guard files.selection == nil || withPrivateChoices else {
      throw PrivateChoiceError(directory: directory)
    }
    provenance = try Provenance(directory: directory)
    self.directory = directory
    for file in provenance.alteredFiles(in: files) {
      printToStandardError(
        "note: \(directory)/\(file) was altered after the run; `tradeoff verify` says how")
    }
  }

  func plan() throws -> Plan { try Plan(directory: directory, files: files) }
}

/// The epsilon of a private choice covers nothing but the choice.
struct PrivateChoiceError: Error, CustomStringConvertible {
  let directory: String

  var description: String {
    "\(directory) chooses privately: its epsilon covers the chosen run in selection.csv alone, and "
      + "comparing or publishing its other runs is not covered by it. (`tradeoff export` writes them with "
      + "--every-run-of-a-private-choice.)"
  }
}
