import Accounting
import Foundation
import Results
import Testing
import _TestSupport

@Suite struct ReproductionRowTests {
  private static let timings = [
    TimingRow(trial: "0123456789abcdef", seconds: 1.5, updates: 7),
    TimingRow(trial: "another", seconds: 10, updates: 7),
  ]

  private static func published(_ column: String? = nil, _ value: String = "") throws
    -> PublishedRow
  {
    try PublishedSamples.results([PublishedSamples.line(column, value)]).rows[0]
  }

  private static func row(_ published: PublishedRow) throws -> ReproductionRow {
    try ReproductionRow(
      published, files: Samples.files(), timings: timings, location: "published.csv:2")
  }

  @Test func oursAreSetBesideTheirs() throws {
    let row = try Self.row(Self.published())
    #expect(row.accuracyMean == 0.5 && row.n == 1 && row.accuracyLower == nil)
    #expect(abs(row.difference - 0.1) < 1e-15)
    #expect(row.seconds == 1.5)
    #expect(row.noiseMultiplier == 1.0 / 3)
  }

  /// Two rounds at rate 0.1 with noise 0.7, priced at the paper's delta by each accountant.
  @Test func pricesAreThoseOfTheLedger() throws {
    let row = try Self.row(Self.published())
    #expect(row.delta == 1e-5)
    for (kind, price) in [
      (AccountantKind.rdpClassic, row.prices.classicRDP), (.rdp, row.prices.rdp),
      (.pld, row.prices.pld),
    ] {
      let guarantee = try PrivacyGuarantee(
        of: .repeated(Samples.event, count: 2), atDelta: 1e-5, unit: .client,
        relation: .addOrRemoveOne, accountant: kind)
      #expect(price == guarantee.epsilon.upper)
    }
    let classic = try #require(row.prices.classicRDP)
    let rdp = try #require(row.prices.rdp)
    #expect(try classic > rdp && rdp > #require(row.prices.pld))
    #expect(try Self.row(Self.published("delta", "")).delta == 1e-7, "the run's own")
  }

  @Test func whatCannotBeComparedIsAnError() throws {
    #expect(
      throws: ReproductionError.settingMissing(
        location: "published.csv:2", setting: "case=other", experiment: "tiny",
        known: ["privacy.noise=none"])
    ) { try Self.row(Self.published("setting", "case=other")) }
    #expect(
      throws: ReproductionError.otherUnit(
        location: "published.csv:2", published: "example", ours: "client")
    ) { try Self.row(Self.published("privacy_unit", "example")) }
  }

  @Test func theFileKeepsOtherRowsInTheOrderOfThePublished() throws {
    let published = try PublishedSamples.results(
      ["first", "second", "third"].map { PublishedSamples.line("id", $0) })
    let folder = try TemporaryFolder()
    let file = ReproductionFile(path: folder.at("results/reproduction.csv"))
    #expect(try file.rows().isEmpty)
    try file.record(
      [Self.row(Self.published("id", "gone")), Self.row(published.rows[2])], orderedBy: published)
    try file.record(
      [Self.row(published.rows[2]), Self.row(published.rows[0])], orderedBy: published)
    #expect(try file.rows().map(\.published.id) == ["first", "third", "gone"])
    #expect(try file.rows()[0] == Self.row(published.rows[0]))
    #expect(folder.contents == ["results", "results/reproduction.csv"])
  }
}
