public import Accounting
public import Randomness

/// Runs of a mechanism on the worst neighbors, seen by an adversary who knows all but which of the two it is.
///
/// The unit contributes the whole sensitivity in one direction whenever it is in the cohort, and nobody else
/// contributes; without it there is nothing but noise, or under replace-one the opposite contribution. Noise
/// and cohorts are drawn by the samplers that releases are made with. A run's score is the logarithm of the
/// likelihood ratio of all its outcomes, as no score separates the two better (Neyman & Pearson 1933).
public struct MechanismGame: Sendable {
  private let phases: [GamePhase]
  private let without: GameRelease.Contribution
  private let isSampledWithoutReplacement: Bool
  /// How many releases a run has.
  public let releaseCount: Int

  /// Throws ``AuditingError/cannotPlay(_:)`` where the event has a part that is not played here, and
  /// ``AuditingError/privacy(_:)`` where a number of it is out of range.
  public init(
    _ event: PrivacyEvent, relation: NeighboringRelation
  ) throws(AuditingError) {
    do { try event.validate() } catch { throw .privacy(error) }
    var phases: [GamePhase] = []
    try Self.collect(event, count: 1, relation: relation, into: &phases)
    guard !phases.isEmpty else { throw .cannotPlay(.nothingIsReleased) }
    self.phases = phases
    without = relation == .replaceOne ? .opposite : .nothing
    releaseCount = phases.reduce(0) { $0 + $1.rounds }
    isSampledWithoutReplacement = phases.contains {
      if case .withoutReplacement = $0.sampling { true } else { false }
    }
  }

  /// The most releases in all runs together.
  public static let mostReleases = 20_000_000_000

  /// Plays `count` runs with the unit and as many without it. The result depends on the key alone, and not on
  /// the number of threads.
  ///
  /// - Parameter count: 2 or more.
  public func runScores(
    _ count: Int, key: StreamKey, threads: Int
  ) async throws(AuditingError) -> RunScores {
    let scores = await play(2 * count, key: key, threads: threads) { index, _ in index % 2 == 1 }
    return try RunScores(
      without: scores.filter { !$0.isIncluded }.map(\.score),
      with: scores.filter(\.isIncluded).map(\.score))
  }

  /// Plays one run with `count` canaries, each of which has a coordinate of the released vectors for itself and
  /// takes part, or is its neighbor, by its own fair coin.
  ///
  /// Throws ``AuditingError/cannotPlay(_:)`` for cohorts of a fixed size.
  public func canaryScores(
    _ count: Int, key: StreamKey, threads: Int
  ) async throws(AuditingError) -> CanaryScores {
    try checkCanaries()
    let scores = await play(count, key: key, threads: threads) { _, stream in
      stream.bernoulli(0.5)
    }
    return try CanaryScores(
      scores: scores.map(\.score), isIncluded: scores.map(\.isIncluded))
  }

  /// Throws where several canaries cannot be in one run.
  func checkCanaries() throws(AuditingError) {
    guard !isSampledWithoutReplacement else { throw .cannotPlay(.canariesShareCohorts) }
  }

  private typealias Played = (score: Double, isIncluded: Bool)

  /// In blocks of a fixed size, each with a stream of its own.
  private func play(
    _ count: Int, key: StreamKey, threads: Int,
    isIncluded: @escaping @Sendable (Int, inout RandomStream) -> Bool
  ) async -> [Played] {
    let blocks = (count + Self.block - 1) / Self.block
    @Sendable func played(_ block: Int) -> [Played] {
      var stream = RandomStream(key.child(.replicate, UInt64(block)))
      var noise: [Double] = []
      let range = block * Self.block..<min(count, (block + 1) * Self.block)
      return range.map { index in
        let isIncluded = isIncluded(index, &stream)
        let score = phases.reduce(0) {
          $0
            + $1.score(
              isIncluded ? .whole : without, first: .whole, second: without, noise: &noise,
              stream: &stream)
        }
        return (score, isIncluded)
      }
    }
    return await withTaskGroup(of: (Int, [Played]).self) { group in
      var results = [[Played]](repeating: [], count: blocks)
      var next = 0
      while next < min(threads, blocks) {
        let block = next
        group.addTask { (block, played(block)) }
        next += 1
      }
      for await (block, scores) in group {
        results[block] = scores
        if next < blocks {
          let block = next
          group.addTask { (block, played(block)) }
          next += 1
        }
      }
      return results.flatMap(\.self)
    }
  }

  private static let block = 256
}

extension MechanismGame {
  private static func collect(
    _ event: PrivacyEvent, count: Int, relation: NeighboringRelation, into phases: inout [GamePhase]
  ) throws(AuditingError) {
    switch event {
    case .composed(let events):
      for event in events {
        try collect(event, count: count, relation: relation, into: &phases)
      }
    case .repeated(let inner, let repetitions):
      let (product, overflow) = count.multipliedReportingOverflow(by: repetitions)
      guard !overflow, product <= mostReleases else { throw .cannotPlay(.tooManyReleases) }
      if product > 0 { try collect(inner, count: product, relation: relation, into: &phases) }
    case .poissonSampled(let inner, let samplingRate):
      try append(
        inner, sampling: samplingRate == 1 ? .everybody : .poisson(rate: samplingRate),
        count: count, relation: relation, to: &phases)
    case .sampledWithoutReplacement(let inner, let cohortSize, let populationSize):
      guard cohortSize == populationSize || relation == .replaceOne else {
        throw .cannotPlay(.addingDisplacesAnother)
      }
      try append(
        inner,
        sampling: cohortSize == populationSize
          ? .everybody
          : .withoutReplacement(cohortSize: cohortSize, populationSize: populationSize),
        count: count, relation: relation, to: &phases)
    default:
      try append(event, sampling: .everybody, count: count, relation: relation, to: &phases)
    }
  }

  private static func append(
    _ event: PrivacyEvent, sampling: GamePhase.Sampling, count: Int, relation: NeighboringRelation,
    to phases: inout [GamePhase]
  ) throws(AuditingError) {
    phases.append(
      GamePhase(
        release: try release(event, sampling: sampling, relation: relation), sampling: sampling,
        rounds: count))
  }

  private static func release(
    _ event: PrivacyEvent, sampling: GamePhase.Sampling, relation: NeighboringRelation
  ) throws(AuditingError) -> GameRelease {
    switch event {
    case .gaussian(let noiseMultiplier):
      return .gaussian(standardDeviation: noiseMultiplier)
    case .laplace(let noiseMultiplier):
      return .laplace(scale: noiseMultiplier)
    case .discreteGaussian(let standardDeviation, let sensitivity):
      let variance = standardDeviation * standardDeviation
      guard (0x1p-31...0x1p52).contains(variance) else { throw .cannotPlay(.noiseOffTheGrid) }
      return .discreteGaussian(
        DiscreteGaussian(variance: RationalVariance(roundingUp: variance)),
        sensitivity: sensitivity)
    case .discreteLaplace(let scale, let sensitivity):
      guard (0x1p-31...0x1p52).contains(scale) else { throw .cannotPlay(.noiseOffTheGrid) }
      return .discreteLaplace(
        DiscreteLaplace(scale: RationalVariance(roundingUp: scale)), sensitivity: sensitivity)
    case .localGaussian(let noiseMultiplier):
      guard sampling == .everybody else { throw .cannotPlay(.reportsShowTheCohort) }
      guard relation != .addOrRemoveOne else { throw .cannotPlay(.reportsShowPresence) }
      return .gaussian(standardDeviation: noiseMultiplier)
    case .randomizedResponse(let noiseParameter, let bucketCount):
      guard sampling == .everybody else { throw .cannotPlay(.reportsShowTheCohort) }
      guard relation != .addOrRemoveOne else { throw .cannotPlay(.reportsShowPresence) }
      return .randomizedResponse(noiseParameter: noiseParameter, bucketCount: bucketCount)
    case .nonPrivate: throw .cannotPlay(.noNoise)
    case .composed, .repeated, .poissonSampled, .sampledWithoutReplacement:
      throw .cannotPlay(.severalAnswersPerCohort)
    case .distributedDiscreteGaussian, .skellam: throw .cannotPlay(.noiseOfSeveral)
    case .takingTurns: throw .cannotPlay(.turns)
    case .failure, .anyOf, .repeatAndSelect: throw .cannotPlay(.choice)
    }
  }
}

/// Why a game cannot be played.
public enum UnplayableReason: Hashable, Sendable {
  case nothingIsReleased
  case noNoise
  case tooManyReleases
  case severalAnswersPerCohort
  case noiseOfSeveral
  case noiseOffTheGrid
  case turns
  case choice
  case reportsShowTheCohort
  case reportsShowPresence
  case addingDisplacesAnother
  case canariesShareCohorts
}

extension UnplayableReason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .nothingIsReleased: "nothing is released, so there is nothing to attack"
    case .noNoise:
      "a release without noise gives the unit away at once; there is no epsilon to audit"
    case .tooManyReleases:
      "there are more than \(MechanismGame.mostReleases) releases; ask for fewer rounds or runs"
    case .severalAnswersPerCohort:
      "several answers about one cohort, and cohorts of cohorts, are not played; audit one answer a cohort"
    case .noiseOfSeveral:
      "the likelihood of noise that several contributors add up is not known here; audit one of the "
        + "mechanisms gaussian, laplace, discrete-gaussian, discrete-laplace or randomized-response"
    case .noiseOffTheGrid:
      "the exact samplers take variances and scales from 2^-31 to 2^52; choose noise within that"
    case .turns: "units that take turns are not played; audit one unit's releases"
    case .choice:
      "failures and choices among runs are not played; audit the run that is chosen from"
    case .reportsShowTheCohort:
      "who is in the cohort shows by who reports; audit reports with full participation"
    case .reportsShowPresence:
      "a report that is missing is seen; use the relation replace-one or zero-out"
    case .addingDisplacesAnother:
      "in a cohort of fixed size, adding a unit also displaces another; use the relation replace-one"
    case .canariesShareCohorts:
      "canaries of one run would share cohorts of a fixed size, which is not played; use the method "
        + "clopper-pearson"
    }
  }
}
