import Accounting
import Foundation

@testable import Experiments
@testable import Results

/// A ledger of an interrupted trial: it opens again as it was left, and charges no more than it may.
func checkLedger(_ bytes: Data) {
  let path = file("ledger.jsonl", of: bytes)
  let releases = 1000
  guard let ledger = try? DurableLedger(path: path, releases: releases) else { return }
  require((0...releases).contains(ledger.reservedCount), "\(ledger.reservedCount) releases")
  let left = try? Data(contentsOf: URL(filePath: path))
  require(left.map(bytes.starts) ?? false, "a ledger that was rewritten")
  let again = try? DurableLedger(path: path, releases: releases)
  require(again?.reservedCount == ledger.reservedCount, "a ledger that opens otherwise again")
}

/// The documents that a run folder holds.
func checkJSON(_ bytes: Data) {
  checkJSON(PrivacyEvent.self, bytes)
  checkJSON(FinishedTrial.self, bytes)
  checkJSON(Provenance.self, bytes)
  checkJSON(LedgerRow.self, bytes)
  checkJSON(GroupCheckpoint.self, bytes)
  _ = try? PlanHeader(of: bytes)
}

/// What is read is written, and read again, as the same text.
private func checkJSON<Value: Codable>(_ type: Value.Type, _ bytes: Data) {
  guard let value = try? CanonicalJSON.decode(type, from: bytes, file: "x") else { return }
  guard let text = try? CanonicalJSON.document(value) else { fatalError("\(type): not written") }
  guard let copy = try? CanonicalJSON.decode(type, from: text, file: "x"),
    (try? CanonicalJSON.document(copy)) == text
  else {
    fatalError("\(type): read otherwise than written: \(String(decoding: text, as: UTF8.self))")
  }
}

/// The tables of results.
func checkCSV(_ bytes: Data) {
  checkCSV(TrialRow.self, bytes)
  checkCSV(RoundRow.self, bytes)
  checkCSV(TradeoffRow.self, bytes)
  checkCSV(TimingRow.self, bytes)
  checkCSV(SelectionRow.self, bytes)
  checkCSV(PublishedRow.self, bytes)
  checkCSV(ReproductionRow.self, bytes)
  checkCSV(CurveRow.self, bytes)
  checkCSV(AttackRow.self, bytes)
}

private func checkCSV<Row: CSVRow>(_ type: Row.Type, _ bytes: Data) {
  guard let rows = try? CSV.decode(type, from: bytes, file: "x.csv") else { return }
  let text = CSV.encode(rows)
  guard let copy = try? CSV.decode(type, from: text, file: "x.csv"), copy.count == rows.count else {
    fatalError("\(type): not read again: \(String(decoding: text, as: UTF8.self))")
  }
  require(
    CSV.encode(copy) == text,
    "\(type): read otherwise than written: \(String(decoding: text, as: UTF8.self))")
}
