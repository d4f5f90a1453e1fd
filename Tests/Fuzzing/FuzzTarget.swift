import Foundation

/// A parser: it takes any bytes without a crash, and what it takes for a value is that value.
enum FuzzTarget: String, CaseIterable {
  case experiment, ledger, json, csv, table, records, idx, array, archive, leaf, results

  /// Parses the bytes, and stops the program where something does not hold of what came of them.
  func check(_ bytes: Data) {
    switch self {
    case .experiment: checkExperiment(bytes)
    case .ledger: checkLedger(bytes)
    case .json: checkJSON(bytes)
    case .csv: checkCSV(bytes)
    case .table: checkTable(bytes)
    case .records: checkRecords(bytes)
    case .idx: checkIDX(bytes)
    case .array: checkArray(bytes)
    case .archive: checkArchive(bytes)
    case .leaf: checkLEAF(bytes)
    case .results: checkResults(bytes)
    }
  }

  /// The one that `TRADEOFF_FUZZING` names.
  static let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["TRADEOFF_FUZZING"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      fatalError("TRADEOFF_FUZZING is \"\(name)\"; it is one of \(allCases.map(\.rawValue))")
    }
    return target
  }()
}

/// What libFuzzer calls.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.chosen.check(Data(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

func require(_ holds: Bool, _ what: @autoclosure () -> String) {
  guard holds else { fatalError(what()) }
}

/// A folder of this process, in memory where there is such a one.
private let folder: String = {
  let root =
    FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
  let folder = "\(root)/tradeoff-fuzzing-\(getpid())"
  precondition(mkdir(folder, 0o755) == 0 || errno == EEXIST, "no folder can be made in \(root)")
  return folder
}()

/// The bytes in a file, for parsers that read one; the same file every time.
func file(_ name: String, of bytes: Data) -> String {
  let path = "\(folder)/\(name)"
  precondition((try? bytes.write(to: URL(filePath: path))) != nil, "\(path) cannot be written")
  return path
}
