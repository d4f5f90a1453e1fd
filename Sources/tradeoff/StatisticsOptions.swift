public import ArgumentParser
import Results
public import Statistics

/// What is asked of replicates.
struct StatisticsOptions: ParsableArguments {
  @Option(
    help: """
      How intervals are found: student, or bootstrap (bias-corrected and accelerated), which covers too \
      seldom with few replicates.
      """)
  var interval: IntervalMethod = .student

  @Option(
    parsing: .unconditional, help: "How often an interval is to cover the truth, in (0, 1).")
  var confidence = 0.95

  func validate() throws { _ = try level() }

  func level() throws -> Confidence {
    guard let level = Confidence(confidence) else {
      throw ValidationError(
        "--confidence is \(confidence); it must be greater than 0 and less than 1.")
    }
    return level
  }
}

extension IntervalMethod: ExpressibleByArgument {}
