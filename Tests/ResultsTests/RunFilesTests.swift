import Accounting
import Foundation
import Results
import Testing
import _TestSupport

@Suite struct RunFilesTests {
  @Test func rowsComeBackFromTheFiles() throws {
    let files = try Samples.files(accuracy: 0.5)
    #expect(try files.trialRows().map(\.accuracy) == [0.5])
    #expect(try files.roundRows().map(\.value) == [0.5])
    #expect(try files.tradeoffRows() == TradeoffRow.summarize(try files.trialRows()))
    let ledger = try #require(try files.ledgerRows().first)
    #expect(ledger.trial == "0123456789abcdef")
    #expect(ledger.events.event == .composed([.repeated(Samples.event, count: 2)]))
  }

  @Test func aLedgerRowIsOneLine() throws {
    #expect(
      String(decoding: try Samples.files().ledgers, as: UTF8.self)
        == #"{"events":[{"count":2,"event":{"event":{"kind":"gaussian","noise_multiplier":0.7},"#
        + #""kind":"poisson_sampled","sampling_rate":0.1}}],"#
        + #""neighboring_relation":"add-or-remove-one","privacy_unit":"client","#
        + #""trial":"0123456789abcdef"}"# + "\n")
  }

  @Test func aFolderWithoutARunIsAnError() throws {
    let folder = try TemporaryFolder()
    #expect {
      try RunFiles(directory: folder.path)
    } throws: { error in
      "\(error)" == "cannot read \(folder.at("plan.json")): no finished run is here; "
        + "see `tradeoff run --help`"
    }
  }

  @Test func aMissingTableIsAnError() throws {
    let folder = try TemporaryFolder()
    try folder.write("{}\n", to: "plan.json")
    #expect {
      try RunFiles(directory: folder.path)
    } throws: { error in
      "\(error)" == "cannot read \(folder.at("trials.csv")): No such file or directory"
    }
  }
}
