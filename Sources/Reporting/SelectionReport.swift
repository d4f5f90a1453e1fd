internal import Accounting
public import Results

/// What a private choice publishes, for a person.
public struct SelectionReport: CustomStringConvertible {
  public let description: String

  /// - Parameter question: the experiment's.
  public init(_ row: SelectionRow, question: String) {
    let claim = row.claim
    let chosen =
      if let sweep = row.sweep, let score = row.noisedScore {
        """
        chosen: \(sweep)
        noised score: \(score) validation examples right, with noise of standard deviation \
        \(row.scoreNoiseMultiplier)
        """
      } else {
        "chosen: nothing, since there was no run to choose from"
      }
    description = """
      \(question)

      \(chosen)
      epsilon <= \(OutwardDecimal.text(claim.epsilonUpper, rounded: .up)) at delta = \(claim.delta), for \
      this choice and its run alone, by repeat-and-select of \(row.repetitions) runs
      unit: \(claim.privacyUnit.rawValue); neighbors: \(claim.neighboringRelation.rawValue); sampling: \
      \(claim.sampling); accountant: \(claim.accountant.rawValue)
      """
  }
}
