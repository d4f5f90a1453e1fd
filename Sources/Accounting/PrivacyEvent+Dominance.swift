extension PrivacyEvent {
  /// Whether this event is known to cost no more than another, under every relation and accountant.
  ///
  /// Gaussian noise is smaller noise with more added to it, which is post-processing. A cohort of a
  /// lower rate is a cohort of the higher rate with some probability and nobody otherwise, so the
  /// hockey-stick and Renyi divergences, which are jointly convex, are no larger.
  func isNoDearer(than other: PrivacyEvent) -> Bool {
    switch (self, other) {
    case (_, .nonPrivate):
      true
    case (.gaussian(let noiseMultiplier), .gaussian(let smaller)):
      noiseMultiplier >= smaller
    case (.poissonSampled(let event, let rate), .poissonSampled(let dearer, let higher)):
      rate <= higher && event.isNoDearer(than: dearer)
    default:
      self == other
    }
  }
}
