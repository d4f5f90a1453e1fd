import ArgumentParser
import Reporting
import Results

struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Set two finished runs side by side: what improved, and what their statements say.",
    discussion: """
      A setting's counterpart has the same resolved values, or else the same swept values. Accuracies are \
      compared replicate by replicate where both runs share seed, data and sampling, and by Welch's test \
      otherwise. Where privacy statements or plans differ, both are shown. (What one run costs by every \
      accountant: `tradeoff accountants`.)

      Example: tradeoff compare results/adaptive-clipping results/fashion-mnist-fedavg
      """)

  @Argument(help: "A results folder.")
  var first: String

  @Argument(help: "Another results folder, whose accuracies are to be higher.")
  var second: String

  @OptionGroup var options: StatisticsOptions
  @OptionGroup var format: FormatOptions

  func run() async throws {
    try await reportingFailure {
      let runs = try [first, second].map { directory in
        let run = try OpenRun(directory: directory)
        return try RecordedRun(directory: directory, files: run.files)
      }
      let comparison = RunComparison(
        runs[0], runs[1],
        terms: StatisticsTerms(method: options.interval, confidence: try options.level()))
      try format.print(comparison, as: RunComparisonTable.init)
    }
  }
}
