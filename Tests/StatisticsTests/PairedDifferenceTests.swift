import Statistics
import Testing

@Suite struct PairedDifferenceTests {
  @Test func testsAndIntervalsAreSciPys() throws {
    let rows = try ReferenceTable("paired.csv").rows
    #expect(rows.count == 18)
    for row in rows {
      let difference = PairedDifference(
        from: try row.list("first"), to: try row.list("second"))
      let level = try #require(Confidence(row.number("level")))
      let interval = try #require(difference.interval(.student, confidence: level))
      let width = try row.number("upper") - row.number("lower")
      #expect(abs(difference.estimate - (try row.number("estimate"))) < 1e-15)
      #expect(abs(interval.lower - (try row.number("lower"))) < 1e-9 * width, "\(row)")
      #expect(abs(interval.upper - (try row.number("upper"))) < 1e-9 * width, "\(row)")
      #expect(
        abs(try #require(difference.pValue) / row.number("p_value") - 1) < 1e-10, "\(row)")
      #expect(difference.signFlipPValue == (try row.number("sign_flip_p_value")), "\(row)")
    }
  }

  @Test func onePairTellsNothing() {
    let difference = PairedDifference(from: [1], to: [3])
    #expect(difference.estimate == 2 && difference.standardError == nil)
    #expect(difference.pValue == nil && difference.signFlipPValue == nil)
    #expect(difference.interval(.student, confidence: .ninetyFivePercent) == nil)
  }

  @Test func whatDoesNotVaryIsCertain() {
    let equal = PairedDifference(from: [1, 2, 3], to: [1, 2, 3])
    #expect(equal.pValue == 1 && equal.signFlipPValue == 1)
    #expect(equal.interval(.student, confidence: .ninetyFivePercent)?.covers(0) == true)
    let constant = PairedDifference(from: [1, 2, 3], to: [2, 3, 4])
    #expect(constant.pValue == 0 && constant.signFlipPValue == 0.25)
    #expect(
      constant.interval(.bootstrap, confidence: .ninetyFivePercent)
        == Interval(lower: 1, upper: 1))
  }

  /// All differences on one side: two of 2^n choices are as far.
  @Test(arguments: [2, 5, 20]) func flipsAreCountedUpToTwenty(pairs: Int) {
    let difference = PairedDifference(
      from: Array(repeating: 0, count: pairs), to: (1...pairs).map(Double.init))
    #expect(difference.signFlipPValue == 2 / Double(1 << pairs))
    let more = PairedDifference(
      from: Array(repeating: 0, count: 21), to: (1...21).map(Double.init))
    #expect(more.signFlipPValue == nil && more.pValue != nil)
  }
}
