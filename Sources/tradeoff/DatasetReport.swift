import Datasets

/// What is known about a data set and its copy here, for a person.
struct DatasetReport: CustomStringConvertible {
  let description: String

  /// The sums of more files than this are left to the fingerprint, which confirms them all.
  private static let mostSums = 4

  init(_ status: DatasetStatus, isFullCheck: Bool) {
    let dataset = status.dataset
    let files = dataset.files
    let bytes = files.all.reduce(0) { $0 + $1.unpackedByteCount }
    let owners = dataset.ownerCount > 0 ? " of \(dataset.ownerCount) owners" : ""
    var lines = [
      "\(dataset.rawValue): \(dataset.title)",
      "  examples     \(dataset.trainingExampleCount) training, \(dataset.testExampleCount) test\(owners); "
        + "\(dataset.featureCount) features, \(dataset.classCount) classes; "
        + "\(files.all.count) files of \(bytes) bytes unpacked",
      "  source       \(dataset.source)",
      "  license      \(dataset.license)",
      "  fingerprint  \(files.fingerprint)",
    ]
    if status.isUsable, let folder = status.folder {
      lines.append(
        "  installed    \(folder)"
          + (isFullCheck ? ", checksums agree" : "; --check compares the checksums"))
    } else if let folder = status.folder {
      lines.append("  not usable   \(folder)")
      for file in status.files {
        if let problem = file.problem { lines.append("    \(file.name): \(problem)") }
      }
      lines.append("  to get it    \(dataset.installation)")
    } else {
      lines.append("  missing      \(dataset.installation)")
    }
    if files.all.count <= Self.mostSums {
      lines += files.all.map { "  sha256       \($0.sha256)  \($0.name)" }
    }
    description = lines.joined(separator: "\n") + "\n"
  }
}
