import Statistics
import Testing

@Suite struct ReplicationTests {
  @Test func replicatesAreThoseFoundOneByOne() throws {
    let rows = try ReferenceTable("replicates.csv").rows
    #expect(rows.count == 30)
    for row in rows {
      let needed = replicatesNeeded(
        standardDeviation: try row.number("standard_deviation"),
        halfWidth: try row.number("half_width"),
        confidence: try #require(Confidence(row.number("level"))))
      #expect(needed == Int(try row.number("replicates")), "\(row)")
    }
  }

  @Test func whatTakesTooManyIsNotSaid() {
    #expect(
      replicatesNeeded(standardDeviation: 1, halfWidth: 1e-6, confidence: .ninetyFivePercent)
        == nil)
    #expect(
      replicatesNeeded(standardDeviation: 1, halfWidth: 1e-4, confidence: .ninetyFivePercent)
        .map { abs(Double($0) / 3.8414588e8 - 1) < 1e-6 } == true)
  }

  @Test func sharesHaveTheErrorOfABinomial() {
    #expect(samplingError(ofShare: 0.5, exampleCount: 100) == 0.05)
    #expect(samplingError(ofShare: 1, exampleCount: 100) == 0)
  }
}
