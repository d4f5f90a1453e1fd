import Results
import Testing

@testable import Reporting

@Suite struct SettingTableTests {
  private func table(_ rows: [TradeoffRow]) -> Table {
    SettingTable(
      rows.map { (run: nil, row: $0) }, name: "t", subject: "x", evaluationSplit: "test",
      measure: "accuracy"
    ).table
  }

  @Test func epsilonsAreRoundedUpAndExplained() throws {
    let table = table(
      Samples.rows([
        ("privacy.noise=none", try Samples.claim(.infinity, noiseMultiplier: 0), [0.5, 0.6]),
        (
          "privacy.noise=a",
          try Samples.claim(1.23401, noiseMultiplier: 1, epsilonUpperRDP: 1.5), [0.5, 0.6]
        ),
      ]))
    let cells = table.rows.map { $0.map(\.plainText) }
    #expect(cells[0].prefix(4) == ["noise=none", "infinite", "–", "no noise"])
    #expect(cells[1].prefix(4) == ["noise=a", "≤ 1.235", "≤ 1.5", "1"])
    #expect(cells[1][4] == "55.00 %" && cells[1][6] == "2")
    #expect(
      table.notes[0].plainText
        == "ε: upper bound, rounded up, at delta = 1e-05; unit: client; neighbors: "
        + "add-or-remove-one; sampling: poisson(rate=0.1); accountant: pld.")
  }

  @Test func epsilonsOfSeveralMeaningsAreTold() throws {
    let table = table(
      Samples.rows([
        ("a=1", try Samples.claim(1, noiseMultiplier: 1), [0.5]),
        ("a=2", try Samples.claim(1, noiseMultiplier: 1, sampling: "everyone"), [0.5]),
        ("a=3", try Samples.claim(.infinity, noiseMultiplier: 0), [0.5]),
      ]))
    #expect(table.columns.last?.title.plainText == "terms")
    #expect(table.rows.compactMap(\.last?.plainText) == ["A", "B", "–"])
    #expect(table.notes.map(\.plainText).contains { $0.hasPrefix("B: delta = 1e-05") })
    #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    #expect(!table.columns.contains { $0.title.plainText.contains("rdp") })
  }
}
