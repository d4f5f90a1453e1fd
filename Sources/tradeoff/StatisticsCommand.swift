import ArgumentParser
import Experiments
import Reporting
import Results

struct StatisticsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statistics",
    abstract: "Say what the replicates of a finished run tell: intervals, and differences.",
    discussion: """
      Each setting's mean, standard error and interval; the differences between neighbors by epsilon and \
      against the setting without noise, replicate by replicate, with p-values adjusted for how many there \
      are; and how many replicates a narrower interval takes.

      Example: tradeoff statistics results/fashion-mnist-fedavg --half-width 0.1
      """)

  @Argument(help: "A results folder.")
  var directory: String

  @OptionGroup var options: StatisticsOptions

  @Option(
    parsing: .unconditional,
    help: "Half of the width that an interval is wanted to have, in percentage points.")
  var halfWidth = 0.2

  @OptionGroup var format: FormatOptions

  func validate() throws {
    guard halfWidth > 0, halfWidth <= 100 else {
      throw ValidationError(
        "--half-width is \(halfWidth); it must be greater than 0 and at most 100.")
    }
  }

  func run() async throws {
    try await reportingFailure {
      let run = try OpenRun(directory: directory)
      let plan = try run.plan()
      let statistics = try RunStatistics(
        of: try run.files.trialRows(),
        terms: StatisticsTerms(
          method: options.interval, confidence: try options.level(), halfWidth: halfWidth / 100),
        exampleCount: plan.evaluationExampleCount)
      try format.print(statistics) {
        StatisticsTable(
          $0, evaluationSplit: plan.evaluationDescription, measure: plan.measureDescription)
      }
    }
  }
}
