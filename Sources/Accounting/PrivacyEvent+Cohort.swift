extension PrivacyEvent {
  /// Whether some release shows who takes part in it, so that cohorts do not amplify it: reports of
  /// single units do.
  public var showsTheCohort: Bool {
    switch self {
    case .localGaussian, .randomizedResponse:
      true
    case .nonPrivate, .gaussian, .laplace, .discreteGaussian, .discreteLaplace,
      .distributedDiscreteGaussian, .skellam, .failure:
      false
    case .poissonSampled(let event, _), .sampledWithoutReplacement(let event, _, _),
      .takingTurns(let event, _), .repeated(let event, _), .repeatAndSelect(let event, _):
      event.showsTheCohort
    case .composed(let events), .anyOf(let events):
      events.contains(where: \.showsTheCohort)
    }
  }
}
