import ArgumentParser

struct EpsilonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epsilon",
    abstract: "Price a run: the epsilon of so many Gaussian releases.",
    discussion: """
      Without --sampling-rate or --cohort-size every unit takes part in every round.

      Example: tradeoff epsilon --noise-multiplier 4 --sampling-rate 0.01 --rounds 10000 --delta 1e-5
      """)

  @Option(help: "Standard deviation of the noise on the sum, over the clipping norm.")
  var noiseMultiplier: Double

  @OptionGroup var event: EventOptions

  func run() async throws {
    try await reportingFailure {
      print(try event.guarantee(noiseMultiplier: noiseMultiplier))
    }
  }
}
