import Accounting
import ArgumentParser

struct DeltaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delta",
    abstract: "Price a run: the delta of its releases at an epsilon.",
    discussion: """
      Releases are described as for `tradeoff epsilon`.

      Example: tradeoff delta --noise-multiplier 4 --sampling-rate 0.01 --rounds 10000 --epsilon 1

      \(BatchOptions.discussion)
      """)

  @Option(
    parsing: .unconditional, help: "The epsilon that holds but for delta, 0 or greater.")
  var epsilon: Double?

  @OptionGroup var event: EventOptions
  @OptionGroup var terms: TermsOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var batch: BatchOptions

  func run() async throws {
    try await reportingFailure {
      let question = epsilon.map { PrivacyGuarantee.Question.delta(atEpsilon: $0) }
      if let queries = try batch.queries(excluding: event) {
        try queries.answer(question, terms)
        return
      }
      guard let question else { throw ValidationError("--epsilon is missing.") }
      try format.print(try terms.guarantee(question, of: event.releases()))
    }
  }
}
