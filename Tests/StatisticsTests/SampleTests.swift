import Statistics
import Testing

@Suite struct SampleTests {
  @Test func summariesAndStudentIntervalsAreSciPys() throws {
    let rows = try ReferenceTable("summaries.csv").rows
    #expect(rows.count == 21)
    for row in rows {
      let sample = Sample(try row.list("values"))
      let level = try #require(Confidence(row.number("level")))
      let interval = try #require(sample.interval(.student, confidence: level))
      // The variance of what is near 1e6 keeps fewer digits.
      for (ours, theirs) in [
        (sample.mean, try row.number("mean")), (interval.lower, try row.number("lower")),
        (interval.upper, try row.number("upper")),
      ] {
        #expect(abs(ours - theirs) <= 1e-11 * max(1, abs(theirs)), "\(row)")
      }
      for (ours, theirs) in [
        (sample.variance, try row.number("variance")),
        (sample.standardError, try row.number("standard_error")),
      ] {
        #expect(abs(try #require(ours) / theirs - 1) < 1e-12, "\(row)")
      }
    }
  }

  @Test func oneValueSaysNothingOfItsSpread() {
    let sample = Sample([0.7])
    #expect(sample.mean == 0.7 && sample.variance == nil && sample.standardError == nil)
    for method in IntervalMethod.allCases {
      #expect(sample.interval(method, confidence: .ninetyFivePercent) == nil)
    }
  }

  @Test func confidencesAreBetweenNoneAndAll() {
    for level in [0, 1, -0.5, 1.5, .nan, .infinity] { #expect(Confidence(level) == nil) }
    #expect(Confidence(0.95) == .ninetyFivePercent)
  }
}
