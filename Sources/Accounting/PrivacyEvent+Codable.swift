/// JSON and YAML objects tagged by `kind`, for example
/// `{"kind": "poisson_sampled", "sampling_rate": 0.1, "event": {"kind": "gaussian",
/// "noise_multiplier": 1.2}}`. Decoding refuses what ``PrivacyEvent/validate()`` refuses.
extension PrivacyEvent: Codable {
  enum Kind: String, Codable, CaseIterable {
    case nonPrivate = "non_private"
    case gaussian
    case laplace
    case discreteGaussian = "discrete_gaussian"
    case discreteLaplace = "discrete_laplace"
    case distributedDiscreteGaussian = "distributed_discrete_gaussian"
    case skellam
    case localGaussian = "local_gaussian"
    case randomizedResponse = "randomized_response"
    case poissonSampled = "poisson_sampled"
    case sampledWithoutReplacement = "sampled_without_replacement"
    case takingTurns = "taking_turns"
    case failure
    case composed
    case repeated
    case anyOf = "any_of"
    case repeatAndSelect = "repeat_and_select"
  }

  var kind: Kind {
    switch self {
    case .nonPrivate: .nonPrivate
    case .gaussian: .gaussian
    case .laplace: .laplace
    case .discreteGaussian: .discreteGaussian
    case .discreteLaplace: .discreteLaplace
    case .distributedDiscreteGaussian: .distributedDiscreteGaussian
    case .skellam: .skellam
    case .localGaussian: .localGaussian
    case .randomizedResponse: .randomizedResponse
    case .poissonSampled: .poissonSampled
    case .sampledWithoutReplacement: .sampledWithoutReplacement
    case .takingTurns: .takingTurns
    case .failure: .failure
    case .composed: .composed
    case .repeated: .repeated
    case .anyOf: .anyOf
    case .repeatAndSelect: .repeatAndSelect
    }
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case event
    case events
    case count
    case noiseMultiplier = "noise_multiplier"
    case standardDeviation = "standard_deviation"
    case scale
    case sensitivity
    case contributorCount = "contributor_count"
    case variance
    case squaredL2Sensitivity = "squared_l2_sensitivity"
    case l1Sensitivity = "l1_sensitivity"
    case dimension
    case noiseParameter = "noise_parameter"
    case bucketCount = "bucket_count"
    case samplingRate = "sampling_rate"
    case cohortSize = "cohort_size"
    case populationSize = "population_size"
    case unitCount = "unit_count"
    case probability
    case repetitions
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let name = try fields.decode(String.self, forKey: .kind)
    guard let kind = Kind(rawValue: name) else {
      let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: fields,
        debugDescription: "\"\(name)\" is no kind of privacy event; the kinds are \(known)")
    }
    switch kind {
    case .nonPrivate:
      self = .nonPrivate
    case .gaussian:
      self = .gaussian(noiseMultiplier: try fields.decode(Double.self, forKey: .noiseMultiplier))
    case .laplace:
      self = .laplace(noiseMultiplier: try fields.decode(Double.self, forKey: .noiseMultiplier))
    case .discreteGaussian:
      self = .discreteGaussian(
        standardDeviation: try fields.decode(Double.self, forKey: .standardDeviation),
        sensitivity: try fields.decode(Int.self, forKey: .sensitivity))
    case .discreteLaplace:
      self = .discreteLaplace(
        scale: try fields.decode(Double.self, forKey: .scale),
        sensitivity: try fields.decode(Int.self, forKey: .sensitivity))
    case .distributedDiscreteGaussian:
      self = .distributedDiscreteGaussian(
        standardDeviation: try fields.decode(Double.self, forKey: .standardDeviation),
        contributorCount: try fields.decode(Int.self, forKey: .contributorCount),
        sensitivity: try Self.gridSensitivity(from: fields))
    case .skellam:
      self = .skellam(
        variance: try fields.decode(Double.self, forKey: .variance),
        sensitivity: try Self.gridSensitivity(from: fields))
    case .localGaussian:
      self = .localGaussian(
        noiseMultiplier: try fields.decode(Double.self, forKey: .noiseMultiplier))
    case .randomizedResponse:
      self = .randomizedResponse(
        noiseParameter: try fields.decode(Double.self, forKey: .noiseParameter),
        bucketCount: try fields.decode(Int.self, forKey: .bucketCount))
    case .poissonSampled:
      self = .poissonSampled(
        try fields.decode(PrivacyEvent.self, forKey: .event),
        samplingRate: try fields.decode(Double.self, forKey: .samplingRate))
    case .sampledWithoutReplacement:
      self = .sampledWithoutReplacement(
        try fields.decode(PrivacyEvent.self, forKey: .event),
        cohortSize: try fields.decode(Int.self, forKey: .cohortSize),
        populationSize: try fields.decode(Int.self, forKey: .populationSize))
    case .takingTurns:
      self = .takingTurns(
        try fields.decode(PrivacyEvent.self, forKey: .event),
        unitCount: try fields.decode(Int.self, forKey: .unitCount))
    case .failure:
      self = .failure(probability: try fields.decode(Double.self, forKey: .probability))
    case .composed:
      self = .composed(try fields.decode([PrivacyEvent].self, forKey: .events))
    case .repeated:
      self = .repeated(
        try fields.decode(PrivacyEvent.self, forKey: .event),
        count: try fields.decode(Int.self, forKey: .count))
    case .anyOf:
      self = .anyOf(try fields.decode([PrivacyEvent].self, forKey: .events))
    case .repeatAndSelect:
      self = .repeatAndSelect(
        try fields.decode(PrivacyEvent.self, forKey: .event),
        repetitions: try fields.decode(RepetitionLaw.self, forKey: .repetitions))
    }
    do {
      try validate()
    } catch {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: error.description,
          underlyingError: error))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(kind, forKey: .kind)
    switch self {
    case .nonPrivate:
      break
    case .gaussian(let noiseMultiplier), .laplace(let noiseMultiplier),
      .localGaussian(let noiseMultiplier):
      try fields.encode(noiseMultiplier, forKey: .noiseMultiplier)
    case .discreteGaussian(let standardDeviation, let sensitivity):
      try fields.encode(standardDeviation, forKey: .standardDeviation)
      try fields.encode(sensitivity, forKey: .sensitivity)
    case .discreteLaplace(let scale, let sensitivity):
      try fields.encode(scale, forKey: .scale)
      try fields.encode(sensitivity, forKey: .sensitivity)
    case .distributedDiscreteGaussian(
      let standardDeviation, let contributorCount, let sensitivity):
      try fields.encode(standardDeviation, forKey: .standardDeviation)
      try fields.encode(contributorCount, forKey: .contributorCount)
      try Self.encode(sensitivity, to: &fields)
    case .skellam(let variance, let sensitivity):
      try fields.encode(variance, forKey: .variance)
      try Self.encode(sensitivity, to: &fields)
    case .randomizedResponse(let noiseParameter, let bucketCount):
      try fields.encode(noiseParameter, forKey: .noiseParameter)
      try fields.encode(bucketCount, forKey: .bucketCount)
    case .poissonSampled(let event, let samplingRate):
      try fields.encode(samplingRate, forKey: .samplingRate)
      try fields.encode(event, forKey: .event)
    case .sampledWithoutReplacement(let event, let cohortSize, let populationSize):
      try fields.encode(cohortSize, forKey: .cohortSize)
      try fields.encode(populationSize, forKey: .populationSize)
      try fields.encode(event, forKey: .event)
    case .takingTurns(let event, let unitCount):
      try fields.encode(unitCount, forKey: .unitCount)
      try fields.encode(event, forKey: .event)
    case .failure(let probability):
      try fields.encode(probability, forKey: .probability)
    case .composed(let events), .anyOf(let events):
      try fields.encode(events, forKey: .events)
    case .repeated(let event, let count):
      try fields.encode(count, forKey: .count)
      try fields.encode(event, forKey: .event)
    case .repeatAndSelect(let event, let repetitions):
      try fields.encode(repetitions, forKey: .repetitions)
      try fields.encode(event, forKey: .event)
    }
  }

  private static func gridSensitivity(
    from fields: KeyedDecodingContainer<CodingKeys>
  ) throws -> GridSensitivity {
    GridSensitivity(
      squaredL2: try fields.decode(Int.self, forKey: .squaredL2Sensitivity),
      l1: try fields.decode(Int.self, forKey: .l1Sensitivity),
      dimension: try fields.decode(Int.self, forKey: .dimension))
  }

  private static func encode(
    _ sensitivity: GridSensitivity, to fields: inout KeyedEncodingContainer<CodingKeys>
  ) throws {
    try fields.encode(sensitivity.squaredL2, forKey: .squaredL2Sensitivity)
    try fields.encode(sensitivity.l1, forKey: .l1Sensitivity)
    try fields.encode(sensitivity.dimension, forKey: .dimension)
  }
}
