import ArgumentParser
import Foundation
import Results

/// Which published results are meant.
struct PublishedOptions: ParsableArguments {
  @Argument(
    help: """
      Ids of published results, or patterns of them such as 'tramer-boneh-*', to run. (default: \
      none, and the results are listed)
      """)
  var ids: [String] = []

  @Flag(help: "Run every result that has an experiment.")
  var all = false

  @Option(help: "Only papers whose authors or title hold this text.")
  var paper: String?

  @Option(help: "Only results on this data set.")
  var dataset: String?

  @Option(help: "The file of published results.", completion: .file(extensions: ["csv"]))
  var published = "experiments/published.csv"

  func validate() throws {
    guard !all || ids.isEmpty else { throw ValidationError("--all and ids exclude each other.") }
  }

  var areToBeRun: Bool { all || !ids.isEmpty }

  /// The rows that the options name, in the order of the file.
  func rows(of results: PublishedResults) throws -> [PublishedRow] {
    for pattern in ids where !results.rows.contains(where: { matches($0, pattern) }) {
      throw ReproductionError.unknown(pattern: pattern, path: results.path)
    }
    return results.rows.filter { row in
      (ids.isEmpty || ids.contains { matches(row, $0) })
        && (dataset == nil || row.dataset == dataset)
        && (paper.map { row.paper.range(of: $0, options: Self.loosely) != nil } ?? true)
    }
  }

  /// Whether a row is asked for by its own id, and not as one of many.
  func names(_ row: PublishedRow) -> Bool { ids.contains(row.id) }

  private func matches(_ row: PublishedRow, _ pattern: String) -> Bool {
    fnmatch(pattern, row.id, 0) == 0
  }

  private static let loosely: String.CompareOptions = [.caseInsensitive, .diacriticInsensitive]
}
