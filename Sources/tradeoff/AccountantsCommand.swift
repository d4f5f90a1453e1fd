import Accounting
import ArgumentParser
import Reporting

struct AccountantsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accountants",
    abstract: "Price a run by all accountants, side by side.",
    discussion: """
      Every accountant's epsilon is a valid upper bound; its excess over the greatest lower bound is the \
      most that it can be giving away. Releases are described as for `tradeoff epsilon`.

      Example: tradeoff accountants --noise-multiplier 4 --sampling-rate 0.01 --rounds 10000 --delta 1e-5
      """)

  @Option(
    parsing: .unconditional, help: "The probability that epsilon does not cover, in (0, 1).")
  var delta: Double

  @OptionGroup var event: EventOptions
  @OptionGroup var neighbors: NeighborOptions
  @OptionGroup var format: FormatOptions

  func run() async throws {
    try await reportingFailure {
      let releases = try event.releases()
      let comparison = try AccountantComparison(
        of: releases.event(), atDelta: delta, unit: neighbors.unit(of: releases.recorded),
        relation: neighbors.relation(of: releases.recorded))
      try format.print(comparison, as: ComparisonTable.init)
    }
  }
}
