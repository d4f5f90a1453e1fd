import ArgumentParser
import Foundation

/// Where the results of an audit go.
struct AuditFolderOptions: ParsableArguments {
  @Option(help: "The results folder. (default: results/<audit>-<name>)", completion: .directory)
  var output: String?

  @Flag(help: "Replace the results of an audit that are there.")
  var restart = false

  @Flag(inversion: .prefixedNo, help: "Draw the plot, with gnuplot.")
  var plot = true

  func validate() throws {
    guard output != "" else { throw ValidationError("--output is empty; name a folder.") }
  }
}
