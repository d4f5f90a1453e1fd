public import Accounting

/// How an experiment chooses its setting privately (Papernot & Steinke 2022): a random number of runs
/// that each draw a setting of the sweep, of which the one with the best noised score is published.
public struct TuningSettings: Hashable, Sendable {
  /// How many runs there are.
  public let repetitions: RepetitionLaw
  /// The standard deviation of the Gaussian noise on a run's score, the number of validation examples
  /// that its model gets right, which one example changes by at most 1.
  public let scoreNoiseMultiplier: Double

  /// The whole choice, where one run trains by one of `events`.
  ///
  /// An example is in one public part: it is trained on, or it is scored on. So a run costs, order by
  /// order, the most of training by any setting and of scoring (parallel composition: McSherry 2009,
  /// Theorem 4).
  func event(choosingFrom events: [PrivacyEvent]) -> PrivacyEvent {
    .repeatAndSelect(
      .anyOf(events + [.gaussian(noiseMultiplier: scoreNoiseMultiplier)]), repetitions: repetitions)
  }
}
