import Accounting
import LinearAlgebra
import Randomness

@testable import Mechanisms
@testable import Training

/// Ways in which engines like this one were wrong. Every one leaves the ledger as it is: the claim does
/// not change, and only what is released tells.
enum Defect: CaseIterable {
  /// The sum gets the noise that its mean over the cohort would need (Tramer et al. 2022, Debugging
  /// differential privacy, claimed 0.21 and audited above 2.79 over such a factor).
  case noiseOfTheMean
  /// A unit hands in the sum of its examples' clipped updates, and is charged for their mean.
  case sumForMean
  /// Every round has the noise of the first.
  case repeatedNoise
  /// The divisor is how many took part (Opacus issues 571 and 819).
  case realisedDivisor
  /// A round that nobody came to is left out, noise and all.
  case skippedEmptyRounds
  /// What is clipped is the mean of all, and not each one's own.
  case clippedTogether
  /// The noise of every run grows from one seed, which the program's text shows.
  case defaultSeed
  /// Two trials of a sweep have one noise, each at its own scale.
  case sharedSeed
}

/// Noise a cohort's size too small.
struct NoiseOfTheMean: NoiseMechanism {
  let stated: GaussianMechanism

  var event: PrivacyEvent { stated.event }
  var bound: ContributionBound { stated.bound }

  func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    GaussianMechanism(
      clippingNorm: stated.clippingNorm,
      noiseMultiplier: stated.noiseMultiplier / expectedCohortSize
    )
    .release(sum, expectedCohortSize: expectedCohortSize, noise: noise, workers: workers)
    .charged(as: event)
  }
}

/// Noise whose key knows nothing of the round.
struct RepeatedNoise<Wrapped: NoiseMechanism>: NoiseMechanism {
  let wrapped: Wrapped
  let key: StreamKey

  var event: PrivacyEvent { wrapped.event }
  var bound: ContributionBound { wrapped.bound }

  func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    wrapped.release(sum, expectedCohortSize: expectedCohortSize, noise: key, workers: workers)
  }
}

/// The mean over those who came.
struct RealisedDivisor<Wrapped: NoiseMechanism>: NoiseMechanism {
  let wrapped: Wrapped

  var event: PrivacyEvent { wrapped.event }
  var bound: ContributionBound { wrapped.bound }

  func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    wrapped.release(
      sum, expectedCohortSize: Double(max(1, sum.contributionCount)), noise: noise,
      workers: workers)
  }
}

/// No noise where there is nothing to hide, or so it seems.
struct SkippedEmptyRounds<Wrapped: NoiseMechanism>: NoiseMechanism {
  let wrapped: Wrapped

  var event: PrivacyEvent { wrapped.event }
  var bound: ContributionBound { wrapped.bound }

  func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    sum.contributionCount > 0
      ? wrapped.release(
        sum, expectedCohortSize: expectedCohortSize, noise: noise, workers: workers)
      : PrivateUpdate(
        Release(mean: [Float](repeating: 0, count: sum.dimension)), event: event)
  }
}

extension PrivateUpdate {
  /// The same release at another price.
  consuming fileprivate func charged(as event: PrivacyEvent) -> PrivateUpdate {
    var free = FreeRecorder()
    return PrivateUpdate(charge(&free) { $0 }, event: event)
  }
}

// MARK: Sources

/// Units that send what a script says, each as one contribution.
struct ScriptedRounds: UpdateSource {
  let population: Int
  let update: (_ unit: Int, _ round: Int) -> [Float]

  func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [UpdateOutcomes] {
    models.map { model in
      for unit in cohort { model.sum.add(clipping: update(unit, round)) }
      return UpdateOutcomes()
    }
  }
}

/// Every example of a unit is a contribution of its own.
struct ContributionPerExample: UpdateSource {
  let units: ScriptedRounds
  let examplesPerUnit: Int

  var population: Int { units.population }

  func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [UpdateOutcomes] {
    units.addUpdates(
      of: cohort.flatMap { [Int](repeating: $0, count: examplesPerUnit) }, round: round, keys: keys,
      to: models, workers: workers)
  }
}

/// Every unit contributes the mean of the cohort's updates, of which only that is clipped.
struct ClippedTogether: UpdateSource {
  let units: ScriptedRounds

  var population: Int { units.population }

  func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [UpdateOutcomes] {
    models.map { model in
      var mean = [Float](repeating: 0, count: model.sum.dimension)
      for unit in cohort {
        for (place, value) in units.update(unit, round).enumerated() {
          mean[place] += value / Float(cohort.count)
        }
      }
      for _ in cohort { model.sum.add(clipping: mean) }
      return UpdateOutcomes()
    }
  }
}
