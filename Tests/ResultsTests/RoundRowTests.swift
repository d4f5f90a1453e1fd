import Testing

@testable import Results

@Suite struct RoundRowTests {
  /// Some metrics hold the mark that sets a site apart.
  @Test(arguments: Metric.allCases, [nil, "cleveland", "at_home"])
  func everyMetricReadsBackAloneAndWithASite(metric: Metric, site: String?) throws {
    let rows = [RoundRow(trial: "0123456789abcdef", round: 3, metric: metric, site: site, value: 2)]
    #expect(try CSV.decode(RoundRow.self, from: CSV.encode(rows), file: "rounds.csv") == rows)
  }

  @Test(arguments: ["recal", "recall_at_2", "at_home"])
  func otherNamesAreRefused(name: String) {
    #expect(throws: ResultsError.self) {
      try CSV.decode(
        RoundRow.self, from: CSV.encode([Named(metric: name)]), file: "rounds.csv")
    }
  }

  private struct Named: CSVRow {
    static let header = RoundRow.header
    let metric: String
    var cells: [any CSVCell] { ["0123456789abcdef", 1, metric, 0.5] }

    init(metric: String) { self.metric = metric }
    init(_ row: CSVFields) throws(ResultsError) { metric = row.text("metric") }
  }
}
