import Datasets

/// What is known about a data set and its copy here, for a person.
struct DatasetReport: CustomStringConvertible {
  let description: String

  init(_ status: DatasetStatus, isFullCheck: Bool) {
    let dataset = status.dataset
    let files = dataset.files
    let bytes = files.all.reduce(0) { $0 + $1.unpackedByteCount }
    var lines = [
      "\(dataset.rawValue): \(dataset.title)",
      "  examples     \(dataset.trainingExampleCount) training, \(dataset.testExampleCount) test; "
        + "\(dataset.featureCount) features, "
        + "\(dataset.classCount) classes; \(bytes) bytes unpacked",
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
    for file in files.all { lines.append("  sha256       \(file.sha256)  \(file.name)") }
    description = lines.joined(separator: "\n") + "\n"
  }
}
