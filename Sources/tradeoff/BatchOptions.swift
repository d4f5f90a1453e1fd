import ArgumentParser

/// Many questions in one process.
struct BatchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Answer the questions in this file, one JSON object a line; - is standard input.",
      valueName: "file"), completion: .file())
  var batch: String?

  static let discussion = """
    Each line of --batch is an object with "event" (as in --event-file) and "delta" or "epsilon", and \
    perhaps "id", "accountant", "neighboring_relation" and "privacy_unit"; the flags stand in for \
    what a line does not say. Each answer is a line with "id", "epsilon_lower" and "epsilon_upper" \
    (or "delta_lower" and "delta_upper") and all that they are about, or with "id" and "error". A line \
    that cannot be answered does not stop the others, and makes the exit code 1.
    """

  /// Nil where there are no questions in a file.
  func queries(excluding event: EventOptions) throws -> Batch? {
    guard let batch else { return nil }
    guard event.isEmpty else {
      throw ValidationError("With --batch, releases are described in its lines.")
    }
    return Batch(file: batch)
  }
}
