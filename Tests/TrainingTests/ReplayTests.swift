import Accounting
import Mechanisms
import Models
import Randomness
import Testing

@testable import Training

/// Small random runs replayed on neighboring data sets: what one unit does to what is released.
///
/// A unit that comes or goes is the last one. That is no restriction: coins, batches and fates of
/// devices belong to places, and are alike for all places, so that the others may trade theirs with it
/// and no release is more or less likely.
@Suite struct ReplayTests {
  static let unitCount = 4
  static let rounds = 3
  /// Of the distances, whose own rounding is far below.
  static let tolerance = 0x1p-45

  @Test(arguments: ReplayedWork.allCases, ReplayedMechanism.allCases)
  func noUnitDoesMoreThanIsDeclared(work: ReplayedWork, kind: ReplayedMechanism) throws {
    guard isPossible(work, kind) else { return }
    var violations: [String] = []
    for sampling in ReplayedSampling.allCases where work != .silos || sampling.isForSilos {
      for weighting in weightings(work) {
        let key = StreamKey(seed: 401).child(.replicate, index(work, kind)).child(
          .trial, index(sampling, weighting))
        var stream = RandomStream(key)
        let data = SmallData.random(
          unitCount: Self.unitCount, mostExamples: work.takesGradients ? 1 : 4, from: &stream)
        let replay = try replayCase(work, kind, sampling, weighting, key: key, from: &stream)
        // A unit that may have left is the last; else any.
        let unit =
          sampling.hidesThePopulation
          ? Self.unitCount - 1 : stream.uniformInteger(below: Self.unitCount)
        let changed = data.replacing(
          unit,
          by: SmallData.randomUnit(
            exampleCount: work.takesGradients ? 1 : 1 + stream.uniformInteger(below: 4),
            from: &stream))
        violations += try broken(replay, data, changed, unit: unit).map {
          "\(sampling), \(weighting): \($0)"
        }
      }
    }
    #expect(violations == [])
  }

  /// The promises that neighbors break: of `data`, of what it is with one unit changed, silent or, where
  /// nobody has to know, gone.
  private func broken(
    _ replay: ReplayCase, _ data: SmallData, _ changed: SmallData, unit: Int
  ) throws -> [String] {
    let all = try replay.run(on: data)
    let replaced = try replay.run(on: changed, seeing: all)
    var found = differences(all, replaced, by: replay, sensitivity: 2).map { "replaced: \($0)" }
    if all.cohorts != replaced.cohorts { found.append("replaced: cohorts") }

    let canLeave = replay.sampling.hidesThePopulation && replay.mechanism.form?.isNoised != true
    let gone = canLeave ? try replay.run(on: data.withoutTheLast, seeing: all) : nil
    if let gone {
      found += differences(all, gone, by: replay, sensitivity: 1).map { "gone: \($0)" }
    }
    if replay.work == .silos { return found }

    let silent = try replay.run(on: data, silencing: unit, seeing: all)
    found += differences(all, silent, by: replay, sensitivity: 1).map { "silent: \($0)" }
    if all.cohorts != silent.cohorts { found.append("silent: cohorts") }
    let others = try replay.run(on: changed, silencing: unit, seeing: all)
    if !others.hasTheSums(of: silent) { found.append("others depend on the unit's data") }
    if let gone {
      if all.cohorts.map({ $0.filter { $0 != unit } }) != gone.cohorts {
        found.append("gone: cohorts of the others")
      }
      if !gone.hasTheSums(of: silent) { found.append("others depend on the unit's presence") }
    }
    return found
  }

  private func differences(
    _ all: ReplayedRun, _ neighbor: ReplayedRun, by replay: ReplayCase, sensitivity: Double
  ) -> [String] {
    var found = all.differences(from: neighbor)
    let distance = all.distance(from: neighbor, by: replay.mechanism)
    if !(distance <= sensitivity * (1 + Self.tolerance)) { found.append("moved by \(distance)") }
    if replay.mechanism.form == nil
      && !zip(all.releases, neighbor.releases).allSatisfy({ $0.hasTheNoise(of: $1) })
    {
      found.append("noise")
    }
    return found
  }

  // MARK: The worst case

  /// Gradients that are far longer than the clipping norm.
  @Test(arguments: ReplayedWork.allCases, ReplayedMechanism.allCases)
  func theWorstUnitDoesAllThatIsDeclared(work: ReplayedWork, kind: ReplayedMechanism) throws {
    guard isPossible(work, kind) else { return }
    for sampling in ReplayedSampling.allCases where work != .silos || sampling.isForSilos {
      for weighting in weightings(work) {
        let key = StreamKey(seed: 402).child(.replicate, index(work, kind)).child(
          .trial, index(sampling, weighting))
        var stream = RandomStream(key)
        let unit = Self.unitCount - 1
        let data = SmallData(
          units: (0..<Self.unitCount).map { _ in
            (0..<(work.takesGradients ? 1 : 4)).map { _ in
              SmallData.Example(
                features: (0..<SmallData.featureCount).map { _ in
                  Float(1 + stream.uniform())
                },
                label: 1)
            }
          })
        let replay = try replayCase(
          work, kind, sampling, weighting, key: key, clippingNorm: 1e-6,
          rounds: sampling.roundsToMeetAll, from: &stream)
        let all = try replay.run(on: data)
        let moved: Double
        switch (work, sampling.hidesThePopulation) {
        case (.silos, false): continue
        case (.silos, true):
          moved = all.distance(
            from: try replay.run(on: data.withoutTheLast, seeing: all), by: replay.mechanism)
        default:
          moved = all.distance(
            from: try replay.run(on: data, silencing: unit, seeing: all), by: replay.mechanism)
        }
        #expect(moved >= 0.99, "\(sampling), \(weighting)")
        #expect(moved <= 1 + Self.tolerance)
      }
    }
  }

  /// With two classes and a model that starts at zero, another label turns a gradient around.
  @Test(arguments: ReplayedMechanism.allCases) func theOppositeUnitDoesTwiceAsMuch(
    kind: ReplayedMechanism
  ) throws {
    for work in ReplayedWork.allCases
    where work.architecture == .logisticRegression && isPossible(work, kind) {
      for sampling in ReplayedSampling.allCases where work != .silos || sampling.isForSilos {
        let key = StreamKey(seed: 403).child(.replicate, index(work, kind)).child(
          .trial, index(sampling, .uniform))
        var stream = RandomStream(key)
        let unit = Self.unitCount - 1
        let data = SmallData(
          units: (0..<Self.unitCount).map { _ in
            [SmallData.Example(features: [3, 1, 2, 1, 5, 2], label: 1)]
          })
        let replay = try replayCase(
          work, kind, sampling, .uniform, key: key, clippingNorm: 1e-6,
          rounds: sampling.roundsToMeetAll,
          startsAtZero: true, from: &stream)
        let all = try replay.run(on: data)
        let moved = all.distance(
          from: try replay.run(on: data.relabeling(unit), seeing: all), by: replay.mechanism)
        #expect(moved >= 2 * 0.99 * shareOfTheSum(kind), "\(work), \(sampling)")
        #expect(moved <= 2 * (1 + Self.tolerance))
      }
    }
  }

  /// What a sum can move in a release of a pair of which the number does not: how many there are, and
  /// how many were clipped. It is the constants of ``ReplayedMechanism/make``, by theorem 1 of Andrew et
  /// al. 2021.
  private func shareOfTheSum(_ kind: ReplayedMechanism) -> Double {
    switch kind {
    case .quantile: (1 - 1 / (4 * 0.8 * 0.8)).squareRoot()
    case .counted: (1 - 1 / (1.5 * 1.5)).squareRoot()
    default: 1
    }
  }

  // MARK: Rounds that are left out

  /// Whether a round had enough reports follows from what was released: the same on both neighbors,
  /// though one more reports on one of them.
  @Test func aCountThatIsReleasedDecidesWhetherToStep() throws {
    let key = StreamKey(seed: 404)
    var stream = RandomStream(key)
    let data = SmallData.random(unitCount: Self.unitCount, mostExamples: 2, from: &stream)
    let replay = try replayCase(
      .fedAvg, .counted, .scarce, .uniform, key: key, rounds: 40, from: &stream)
    let all = try replay.run(on: data)
    let gone = try replay.run(on: data.withoutTheLast, seeing: all)
    #expect(all.differences(from: gone) == [])
    #expect(Set(all.skipped) == [false, true])
    #expect(
      zip(all.releases, gone.releases).contains { $0.contributionCount != $1.contributionCount })
  }

  // MARK: -

  /// Gradients that are summed where they arise leave as they are, and silos keep nothing between rounds. A
  /// compressed update has no other form besides.
  private func isPossible(_ work: ReplayedWork, _ kind: ReplayedMechanism) -> Bool {
    if kind == .quantile { return work != .silos }
    return !kind.changesContributions || !(work.takesGradients || work.link.compression != .none)
  }

  private func weightings(_ work: ReplayedWork) -> [ClientWeighting] {
    work.takesGradients ? [.uniform] : [.uniform, .byExamples(cap: 3, expected: 2.5)]
  }

  private func replayCase(
    _ work: ReplayedWork, _ kind: ReplayedMechanism, _ sampling: ReplayedSampling,
    _ weighting: ClientWeighting, key: StreamKey, clippingNorm: Double? = nil,
    rounds: Int = rounds, startsAtZero: Bool = false, from stream: inout RandomStream
  ) throws -> ReplayCase {
    let rules: [OptimizerSettings.Rule] = [
      .sgd(momentum: 0, nesterov: false), .sgd(momentum: 0.5, nesterov: false),
      .fedAdam(beta1: 0.5, beta2: 0.9, adaptivity: 0.1),
    ]
    let clippingNorms = [0.05, 0.5, 3]
    return ReplayCase(
      work: work, sampling: sampling, weighting: weighting,
      mechanism: try kind.make(
        clippingNorm: clippingNorm ?? clippingNorms[stream.uniformInteger(below: 3)],
        noiseMultiplier: 0.5 + stream.uniform(), dimension: ReplayCase.dimension(work)),
      initialParameters: (0..<ReplayCase.network(work).parameterCount).map { _ in
        startsAtZero ? 0 : Float(stream.gaussian(standardDeviation: 0.5))
      },
      rule: startsAtZero ? rules[0] : rules[stream.uniformInteger(below: rules.count)],
      unitCount: Self.unitCount, rounds: rounds, key: key)
  }

  private func index(_ work: ReplayedWork, _ kind: ReplayedMechanism) -> UInt64 {
    UInt64(
      ReplayedWork.allCases.firstIndex(of: work)! * 100
        + ReplayedMechanism.allCases.firstIndex(of: kind)!)
  }

  private func index(_ sampling: ReplayedSampling, _ weighting: ClientWeighting) -> UInt64 {
    UInt64(
      ReplayedSampling.allCases.firstIndex(of: sampling)! * 2 + (weighting == .uniform ? 0 : 1))
  }
}

extension ContributionForm {
  /// Whether every unit sends noise of its own, so that nobody can be missing.
  fileprivate var isNoised: Bool {
    if case .noised = self { true } else { false }
  }
}
