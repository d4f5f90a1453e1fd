public import Training

/// How updates travel to the server, and which of them arrive.
public struct LinkSettings: Hashable, Sendable {
  public let link: UpdateLink
  public let participation: Participation
  /// So many times the cohort are asked, and the first to report make up the cohort; 1 or greater.
  public let overSelection: Double
  /// Absolute, of the noise on the number of reports where that is secret; nil where it is not asked
  /// for.
  public let countStandardDeviation: Double?

  /// Every update arrives as it is.
  public static let perfect = LinkSettings(
    link: .plain, participation: .full, overSelection: 1, countStandardDeviation: nil)
}

extension TrainingSettings {
  /// How cohorts are drawn, as the cell of a table.
  var samplingLabel: String {
    guard case .withoutReplacement(let cohortSize) = sampling, links.overSelection > 1 else {
      return sampling.label
    }
    return "without-replacement(cohort_size=\(cohortSize);over_selection=\(links.overSelection))"
  }
}
