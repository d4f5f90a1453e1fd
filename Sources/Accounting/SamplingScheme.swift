/// How units come to take part in a run, as far as its events tell.
public enum SamplingScheme: String, Codable, CaseIterable, Hashable, Sendable {
  /// Everybody, in every round.
  case fullParticipation = "full-participation"
  /// Each unit by its own coin, in every round.
  case poisson
  /// Cohorts of a fixed size, in every round.
  case withoutReplacement = "without-replacement"
  /// One unit in each round, in a fixed public order.
  case inTurn = "in-turn"
  /// Different rounds by different schemes, or cohorts drawn from cohorts.
  case mixed
}

extension PrivacyEvent {
  /// The scheme of everything in the event. Cohorts that hold everybody are full participation.
  public var samplingScheme: SamplingScheme {
    switch self {
    case .nonPrivate, .gaussian, .laplace, .discreteGaussian, .discreteLaplace,
      .distributedDiscreteGaussian, .skellam, .localGaussian, .randomizedResponse, .failure:
      .fullParticipation
    case .poissonSampled(let event, let samplingRate):
      samplingRate == 1 ? event.samplingScheme : event.samplingScheme.sampled(by: .poisson)
    case .sampledWithoutReplacement(let event, let cohortSize, let populationSize):
      cohortSize == populationSize
        ? event.samplingScheme : event.samplingScheme.sampled(by: .withoutReplacement)
    case .takingTurns(let event, _):
      event.samplingScheme.sampled(by: .inTurn)
    case .repeated(let event, _), .repeatAndSelect(let event, _):
      event.samplingScheme
    case .composed(let events), .anyOf(let events):
      SamplingScheme.common(to: events.filter { !$0.isFailure }.map(\.samplingScheme))
    }
  }
}

extension PrivacyEvent {
  /// Failures are about no cohort.
  private var isFailure: Bool { if case .failure = self { true } else { false } }
}

extension SamplingScheme {
  fileprivate static func common(to schemes: [SamplingScheme]) -> SamplingScheme {
    schemes.dropFirst().reduce(schemes.first ?? .fullParticipation) { $0 == $1 ? $0 : .mixed }
  }

  fileprivate func sampled(by outer: SamplingScheme) -> SamplingScheme {
    self == .fullParticipation ? outer : .mixed
  }
}
