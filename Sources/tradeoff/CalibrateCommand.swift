import Accounting
import ArgumentParser

struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Find the smallest noise multiplier that meets an epsilon.",
    discussion: """
      The answer meets the target itself, and lies within a relative 1e-6 of the smallest that does.

      Example: tradeoff calibrate --target-epsilon 2 --sampling-rate 0.1 --rounds 100 --delta 1e-5
      """)

  @Option(help: "The epsilon to stay within.")
  var targetEpsilon: Double

  @OptionGroup var event: EventOptions

  func run() async throws {
    try await reportingFailure {
      let multiplier = try Calibration.noiseMultiplier(
        targetEpsilon: targetEpsilon, delta: event.delta, accountant: event.accountant,
        relation: event.neighboringRelation
      ) { event.event(noiseMultiplier: $0) }
      print("noise multiplier \(multiplier)")
      print(try event.guarantee(noiseMultiplier: multiplier))
    }
  }
}
