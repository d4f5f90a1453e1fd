import Statistics
import Testing

@Suite struct BootstrapIntervalTests {
  /// The reference allows each end 6.2 standard errors of bias and level: a false alarm for each of 24 ends
  /// with probability below 1e-9. The draws are fixed.
  @Test func endsAreThoseOfAllResamples() throws {
    let rows = try ReferenceTable("bootstrap.csv").rows
    #expect(rows.count == 12)
    for row in rows {
      let sample = Sample(try row.list("values"))
      let level = try #require(Confidence(row.number("level")))
      let interval = try #require(sample.interval(.bootstrap, confidence: level))
      // Means that are sums in another order differ in their last bits.
      let slack = 1e-12 * abs(sample.mean)
      for (end, name) in [(interval.lower, "lower"), (interval.upper, "upper")] {
        let least = try row.number("\(name)_least") - slack
        let most = try row.number("\(name)_most") + slack
        #expect(least <= end && end <= most, "\(end): \(row)")
      }
    }
  }

  @Test func equalSamplesHaveEqualIntervals() throws {
    let sample = Sample([0.1, 0.4, 0.2, 0.9])
    let interval = sample.interval(.bootstrap, confidence: .ninetyFivePercent)
    #expect(interval != nil)
    #expect(Sample(sample.values).interval(.bootstrap, confidence: .ninetyFivePercent) == interval)
  }

  @Test func whatDoesNotVaryHasNoWidth() throws {
    let interval = try #require(
      Sample([2, 2, 2]).interval(.bootstrap, confidence: .ninetyFivePercent))
    #expect(interval == Interval(lower: 2, upper: 2))
  }

  @Test func theIntervalFollowsSkewness() throws {
    let skewed = Sample([1, 2, 4, 8, 40])
    let bootstrap = try #require(skewed.interval(.bootstrap, confidence: .ninetyFivePercent))
    let student = try #require(skewed.interval(.student, confidence: .ninetyFivePercent))
    #expect(student.lower < 0 && bootstrap.lower > 0)
    #expect(bootstrap.upper - skewed.mean > skewed.mean - bootstrap.lower)
  }
}
