import Statistics
import Testing

@Suite struct WelchDifferenceTests {
  @Test func testsAndIntervalsAreSciPys() throws {
    let rows = try ReferenceTable("welch.csv").rows
    #expect(rows.count == 9)
    for row in rows {
      let difference = try #require(
        WelchDifference(
          from: Sample(try row.list("first")), to: Sample(try row.list("second"))))
      let interval = difference.interval(
        confidence: try #require(Confidence(row.number("level"))))
      let width = try row.number("upper") - row.number("lower")
      #expect(abs(difference.estimate - (try row.number("estimate"))) < 1e-15)
      #expect(
        abs(try #require(difference.degreesOfFreedom) / row.number("degrees_of_freedom") - 1)
          < 1e-12)
      #expect(abs(interval.lower - (try row.number("lower"))) < 1e-9 * width, "\(row)")
      #expect(abs(interval.upper - (try row.number("upper"))) < 1e-9 * width, "\(row)")
      #expect(abs(difference.pValue / (try row.number("p_value")) - 1) < 1e-10, "\(row)")
    }
  }

  @Test func singleValuesHaveNoSpread() {
    #expect(WelchDifference(from: Sample([1]), to: Sample([2, 3])) == nil)
    #expect(WelchDifference(from: Sample([1, 2]), to: Sample([3])) == nil)
  }

  @Test func whatDoesNotVaryIsCertain() throws {
    let difference = try #require(WelchDifference(from: Sample([1, 1]), to: Sample([2, 2, 2])))
    #expect(difference.pValue == 0 && difference.degreesOfFreedom == nil)
    #expect(
      difference.interval(confidence: .ninetyFivePercent) == Interval(lower: 1, upper: 1))
    let equal = try #require(WelchDifference(from: Sample([1, 1]), to: Sample([1, 1])))
    #expect(equal.pValue == 1)
  }
}
