import Accounting
import Foundation
import Testing

@Suite struct LedgerTests {
  let noisy = PrivacyEvent.gaussian(noiseMultiplier: 1)
  let noisier = PrivacyEvent.gaussian(noiseMultiplier: 2)

  @Test func equalNeighborsAreCounted() throws {
    var ledger = Ledger()
    #expect(ledger.event == .composed([]))
    for event in [noisy, noisy, noisier, noisy] { try ledger.record(event) }
    try ledger.record(noisy, count: 4)
    #expect(ledger.runs.map(\.count) == [2, 1, 5])
    #expect(
      ledger.event == .composed([.repeated(noisy, count: 2), noisier, .repeated(noisy, count: 5)]))
  }

  @Test func badRecordsChangeNothing() throws {
    var ledger = Ledger()
    try ledger.record(noisy)
    let before = ledger
    #expect(throws: AccountingError.self) { try ledger.record(.gaussian(noiseMultiplier: .nan)) }
    #expect(throws: AccountingError.self) { try ledger.record(noisy, count: 0) }
    #expect(throws: AccountingError.self) { try ledger.record(noisy, count: 1 << 53) }
    #expect(ledger == before)
  }

  @Test func jsonRoundTrips() throws {
    var ledger = Ledger()
    try ledger.record(noisy, count: 3)
    try ledger.record(.poissonSampled(noisier, samplingRate: 0.1))
    let json = try JSONEncoder().encode(ledger)
    #expect(try JSONDecoder().decode(Ledger.self, from: json) == ledger)
  }

  @Test(arguments: [
    #"[{"count":0,"event":{"kind":"non_private"}}]"#,
    #"[{"count":1,"event":{"kind":"gaussian","noise_multiplier":-1}}]"#,
    #"[{"event":{"kind":"non_private"}}]"#,
  ])
  func decodingRefusesBadRecords(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Ledger.self, from: Data(json.utf8))
    }
  }
}
