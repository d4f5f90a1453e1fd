import Accounting
import Foundation
import Results
import Testing
import _TestSupport

@Suite struct PublishedResultsTests {
  @Test func aRowIsRead() throws {
    let results = try PublishedSamples.results([
      PublishedSamples.line(), PublishedSamples.line("id", "someone-2021-eps4"),
    ])
    let row = try #require(results.rows.first)
    #expect(row.privacyUnit == .client && row.accountant == .rdpClassic)
    #expect(row.epsilon == 3 && row.delta == 1e-5 && row.accuracy == 0.4)
    #expect(row.spreadPoints == 0 && row.spreadKind == .standardDeviation)
    #expect(row.confidence == .readInPaper && row.experiment == "tiny")
    #expect(results.location(of: results.rows[1]) == "\(results.path):3")
  }

  @Test func whatIsNotKnownIsEmpty() throws {
    for (column, value) in [("delta", ""), ("accountant", ""), ("epsilon", "inf")] {
      let row = try PublishedSamples.results([PublishedSamples.line(column, value)]).rows[0]
      #expect(
        row.delta == nil || row.accountant == nil || row.epsilon == .infinity,
        "\(column)")
    }
  }

  @Test(arguments: [
    ("id", "Someone 2021", "id is \"Someone 2021\"; it must be lower-case words joined by hyphens"),
    ("paper", "", "paper is empty"),
    ("privacy_unit", "user", "privacy_unit \"user\" is not known; it is one of example, client"),
    ("epsilon", "0", "epsilon is \"0\"; it must be greater than 0"),
    ("epsilon", "nan", "epsilon is \"nan\"; it must be greater than 0"),
    ("epsilon", "three", "epsilon is \"three\", not a number"),
    ("delta", "1", "delta is \"1\"; it must be greater than 0 and less than 1, or empty"),
    ("accountant", "rdp-old", "accountant \"rdp-old\" is not known; it is one of pld, rdp,"),
    ("accuracy", "89.5", "accuracy is \"89.5\"; it must be from 0 to 1"),
    ("accuracy", "", "accuracy is empty"),
    ("spread_points", "-1", "spread_points is \"-1\"; it must be from 0 to 100, or empty"),
    ("spread_points", "", "spread_kind is \"standard-deviation\"; it must be empty where"),
    ("confidence", "sure", "confidence \"sure\" is not known; it is one of read-in-paper, third"),
    ("experiment", "../x", "experiment is \"../x\"; it must be lower-case words joined by hyphens"),
    ("experiment", "", "setting is \"privacy.noise=none\"; it must be empty where experiment is"),
  ])
  func wrongValuesNameFileLineAndColumn(column: String, value: String, reason: String) {
    #expect {
      try PublishedSamples.results([
        PublishedSamples.line("id", "good"), PublishedSamples.line(column, value),
      ])
    } throws: { error in
      guard case .unreadable(let file, let found)? = error as? ResultsError else { return false }
      return file.hasSuffix("/published.csv:3") && found.hasPrefix(reason)
    }
  }

  @Test func duplicateIdsAndUnknownColumnsAreRefused() {
    #expect {
      try PublishedSamples.results([PublishedSamples.line(), PublishedSamples.line()])
    } throws: {
      "\($0)".contains("/published.csv:3 does not hold") && "\($0)".hasSuffix("stands twice")
    }
    #expect {
      try PublishedSamples.results(
        [], header: PublishedSamples.header.replacingOccurrences(of: "epsilon", with: "epsilom"))
    } throws: {
      "\($0)".contains("/published.csv:1 ")
        && "\($0)".hasSuffix("column 8 is \"epsilom\", where epsilon belongs")
    }
  }

  /// The file of this repository.
  @Test func theKnownResultsAreRead() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let results = try PublishedResults(
      path: root.appending(path: "experiments/published.csv").path(percentEncoded: false))
    // Tramèr and Boneh 2021, Table 1.
    let row = try #require(
      results.rows.first { $0.id == "tramer-boneh-2021-fashion-linear-eps3" })
    #expect(row.accuracy == 0.897 && row.epsilon == 3 && row.accountant == .rdpClassic)
    let contested = results.rows.filter { $0.method == "DPSUR" && $0.epsilon.isFinite }
    #expect(!contested.isEmpty && contested.allSatisfy { !$0.caution.isEmpty })
  }
}
