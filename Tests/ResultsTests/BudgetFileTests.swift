import Accounting
import Foundation
import Testing
import _TestSupport

@testable import Results

@Suite struct BudgetFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.at("budget.jsonl") }

  /// A header, and a run that begins, is charged and ends.
  private func smallFile() throws -> Data {
    let file = try BudgetSamples.budget(in: folder)
    let run = try BudgetSamples.start(
      file, BudgetSamples.request(try BudgetSamples.schedule("a", releases: 2)),
      in: folder.at("run"))
    try BudgetSamples.release(2, of: "a", outOf: 2, in: run)
    try run.budgetedRun?.close(.finished)
    return try folder.data("budget.jsonl")
  }

  private func lines(_ data: Data) -> [Data] {
    data.split(separator: UInt8(ascii: "\n")).map { Data($0) + Data("\n".utf8) }
  }

  /// Whether the altered file is refused when it is read.
  private func isRefused(_ data: Data) -> Bool {
    var chain = BudgetChain(file: "budget.jsonl")
    return (try? chain.read(data)) == nil
  }

  @Test func aFileSaysWhatItIs() throws {
    let text = String(decoding: try smallFile(), as: UTF8.self)
    #expect(
      text.hasPrefix(
        #"{"entry":{"header":{"delta":1e-05,"epsilon":10,"filter":"renyi","order":3,"program":"test","#
          + #""schema":1,"subject":{"dataset":"sample","dataset_fingerprint":"0123456789abcdef","#))
    let kinds = text.split(separator: "\n").map { $0.firstMatch(of: /"entry":\{"([a-z]+)"/)?.1 }
    #expect(kinds == ["header", "start", "charge", "charge", "close"])
    let budget = try BudgetFile(path).budget()
    #expect(budget.runs.count == 1)
    #expect(budget.runs[0].closing == .finished)
    #expect(budget.runs[0].chargedReleases == 2 && budget.runs[0].plannedReleases == 2)
  }

  @Test func everySingleByteMatters() throws {
    let data = try smallFile()
    #expect(!isRefused(data))
    for index in data.indices {
      var altered = data
      altered[index] ^= 1
      #expect(isRefused(altered), "byte \(index)")
    }
  }

  @Test func linesKeepTheirPlaces() throws {
    let whole = lines(try smallFile())
    for index in whole.indices.dropLast() {
      var fewer = whole
      fewer.remove(at: index)
      #expect(isRefused(Data(fewer.joined())), "without line \(index + 1)")
      var swapped = whole
      swapped.swapAt(index, index + 1)
      #expect(isRefused(Data(swapped.joined())), "lines \(index + 1) and \(index + 2)")
    }
    for index in whole.indices {
      var more = whole
      more.insert(whole[index], at: index)
      #expect(isRefused(Data(more.joined())), "line \(index + 1) twice")
    }
    let (first, rest) = (whole[0], whole[1...])
    #expect(isRefused(Data(([Data("\n".utf8), first] + rest).joined())))
    #expect(isRefused(Data(([Data(first.dropLast()), Data(" \n".utf8)] + rest).joined())))
  }

  /// A file cut off at its end is a whole shorter one; the receipt tells.
  @Test func receiptsTellOfAMissingEnd() throws {
    let data = try smallFile()
    let receipt = try #require(try BudgetReceipt(folder: folder.at("run")))
    try receipt.check(BudgetFile(path), folder: folder.at("run"))
    var ends = Set(stride(from: lines(data)[0].count, to: data.count - 1, by: 17))
    var end = 0
    for line in lines(data).dropLast() {
      end += line.count
      ends.formUnion([end - 1, end])
    }
    for length in ends where length >= lines(data)[0].count - 1 {
      try folder.write(data.prefix(length), to: "budget.jsonl")
      #expect(throws: ResultsError.self, "\(length) bytes") {
        try receipt.check(BudgetFile(path), folder: folder.at("run"))
      }
    }
    // Where the very last byte alone is gone, everything is still said.
    try folder.write(data.dropLast(), to: "budget.jsonl")
    let mended = try BudgetFile(path)
    try receipt.check(mended, folder: folder.at("run"))
    try mended.append { _ in [] }
    #expect(try folder.data("budget.jsonl") == data)
  }

  @Test func otherBudgetsReceiptsAreRefused() throws {
    _ = try smallFile()
    let other = try BudgetFile.create(folder.at("other.jsonl"), BudgetSamples.header(epsilon: 9))
    let receipt = try #require(try BudgetReceipt(folder: folder.at("run")))
    #expect(
      throws: ResultsError.budget(
        file: other.path, .otherBudget(folder: "run", file: path))
    ) { try receipt.check(other, folder: "run") }
  }

  /// Nothing of a line that was cut off was used.
  @Test func aLineThatWasCutOffIsMended() throws {
    let data = try smallFile()
    for torn in [#"{"ent"#, "x", String(repeating: "\0", count: 40)] {
      try folder.write(data + Data(torn.utf8), to: "budget.jsonl")
      let file = try BudgetFile(path)
      #expect(file.isCutOff && file.lineCount == 5)
      #expect(try folder.data("budget.jsonl") == data + Data(torn.utf8))
      let run = try BudgetSamples.start(
        file, BudgetSamples.request(try BudgetSamples.schedule("b\(torn.count)", releases: 1)),
        in: folder.at("run\(torn.count)"))
      try run.budgetedRun?.close(.interrupted)
      #expect(!file.isCutOff)
      let mended = try folder.data("budget.jsonl")
      #expect(mended.starts(with: data) && !isRefused(mended) && lines(mended).count == 7)
    }
  }

  @Test func aFileThatIsThereIsNotBegunAgain() throws {
    try folder.write("mine", to: "budget.jsonl")
    #expect(throws: ResultsError.budget(file: path, .alreadyThere)) {
      try BudgetSamples.budget(in: folder)
    }
    #expect(try folder.text("budget.jsonl") == "mine")
  }

  @Test(arguments: ["", "\n", "mine\n", "{}\n", "[1]\n", "\0"])
  func otherFilesAreRefused(text: String) throws {
    try folder.write(text, to: "budget.jsonl")
    #expect(throws: ResultsError.self) { try BudgetFile(path) }
  }

  @Test func missingFilesAndFoldersAreNamed() {
    #expect(
      throws: ResultsError.cannotRead(
        path: folder.at("none"), reason: "No such file or directory")
    ) { try BudgetFile(folder.at("none")) }
    #expect(throws: ResultsError.self) { try BudgetFile(folder.path) }
  }

  /// Charges to a file that its name does not lead to are lost.
  @Test func aReplacedFileStopsTheRun() throws {
    let file = try BudgetSamples.budget(in: folder)
    let run = try BudgetSamples.start(
      file, BudgetSamples.request(try BudgetSamples.schedule("a", releases: 3)),
      in: folder.at("run"))
    try FileManager.default.moveItem(atPath: path, toPath: folder.at("moved"))
    try FileManager.default.copyItem(atPath: folder.at("moved"), toPath: path)
    #expect(throws: ResultsError.budget(file: path, .replaced)) {
      try BudgetSamples.release(1, of: "a", outOf: 3, in: run)
    }
  }

  /// Two processes are as two openings of the file.
  @Test func openingsSeeEachOthersLines() throws {
    let one = try BudgetSamples.budget(in: folder)
    let other = try BudgetFile(path)
    for (index, file) in [one, other, one, other].enumerated() {
      let run = try BudgetSamples.start(
        file,
        BudgetSamples.request(
          try BudgetSamples.schedule("\(index)", noiseMultiplier: 9, releases: 1)),
        in: folder.at("run\(index)"))
      try BudgetSamples.release(1, of: "\(index)", outOf: 1, in: run, noiseMultiplier: 9)
      #expect(run.budgetedRun?.number == index + 1)
    }
    #expect(try one.budget().runs.map(\.chargedReleases) == [1, 1, 1, 1])
    #expect(try other.budget().runs.map(\.chargedReleases) == [1, 1, 1, 1])
  }
}
