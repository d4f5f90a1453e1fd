import Accounting
import Foundation
import Testing

@testable import Results

@Suite struct ResultTableTests {
  private func files() throws -> RunFiles {
    let limited = try Samples.claim(limit: .choice)
    let rows = [
      Samples.trial(claim: limited), Samples.trial(replicate: 1, claim: limited),
      Samples.trial(setting: 1, sweep: "", claim: try Samples.nonPrivateClaim(), clippingNorm: nil),
    ]
    return try RunFiles(
      plan: Data(), trials: rows,
      rounds: [RoundRow(trial: "t", round: 1, metric: .loss, site: "a", value: .infinity)],
      ledgers: [])
  }

  @Test(arguments: ResultTable.allCases)
  func columnsAreThoseOfTheFile(table: ResultTable) throws {
    let text = String(decoding: try files().contents(of: table), as: UTF8.self)
    let header = try #require(text.split(separator: "\n").first)
    #expect(table.columns.map(\.name) == header.split(separator: ",").map(String.init))
    #expect(table.columns.allSatisfy { !$0.description.isEmpty })
  }

  /// In every row, a cell has the column's type, or is empty where it may be.
  @Test(arguments: ResultTable.allCases)
  func cellsAreOfTheirColumnsTypes(table: ResultTable) throws {
    let rows = try files().values(of: table)
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(row.count == table.columns.count)
      for (column, value) in zip(table.columns, row) {
        let isRight =
          switch value {
          case .text(let text): column.type == .text && (!column.isRequired || !text.isEmpty)
          case .integer: column.type == .integer
          case .number: column.type == .number
          case .missing: !column.isRequired
          }
        #expect(isRight, "\(column.name): \(value)")
      }
    }
  }

  @Test func namesOutsideTheGuaranteeSaySo() {
    for column in ResultTable.allCases.flatMap(\.columns)
    where column.name.hasPrefix("diagnostic_") {
      #expect(column.description.hasSuffix("outside the guarantee"))
    }
  }
}
