import Accounting
import ArgumentParser

struct EpsilonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epsilon",
    abstract: "Price a run: the epsilon of its releases at a delta.",
    discussion: """
      Without --sampling-rate or --cohort-size every unit takes part in every round. Phases and the \
      events of a file are composed with what the flags describe.

      Example: tradeoff epsilon --noise-multiplier 4 --sampling-rate 0.01 --rounds 10000 --delta 1e-5

      \(BatchOptions.discussion)
      """)

  @Option(
    parsing: .unconditional, help: "The probability that epsilon does not cover, in (0, 1).")
  var delta: Double?

  @OptionGroup var event: EventOptions
  @OptionGroup var terms: TermsOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var batch: BatchOptions

  func run() async throws {
    try await reportingFailure {
      let question = delta.map { PrivacyGuarantee.Question.epsilon(atDelta: $0) }
      if let queries = try batch.queries(excluding: event) {
        try queries.answer(question, terms)
        return
      }
      guard let question else { throw ValidationError("--delta is missing.") }
      try format.print(try terms.guarantee(question, of: event.releases()))
    }
  }
}
