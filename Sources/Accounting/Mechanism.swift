/// What is left of an event when its structure has been worked out: one release, with distances as
/// they are between neighbors under the accountant's relation.
enum Mechanism: Hashable {
  /// The data themselves, if the unit is in the cohort, which it is with probability
  /// `samplingRate`.
  case exposure(samplingRate: Double)
  /// A sum over everybody.
  case noise(AdditiveNoise)
  /// A sum over a cohort that the unit joins with probability `samplingRate`, less than 1, under
  /// add-or-remove-one or zero-out.
  case poissonSampled(AdditiveNoise, samplingRate: Double)
  /// A sum over a cohort of `cohortSize` of `populationSize` units, under replace-one. Gaussian
  /// noise is that of the `answerCount` answers about each cohort together.
  case withoutReplacement(
    AdditiveNoise, answerCount: Int, cohortSize: Int, populationSize: Int)
  case randomizedResponse(RandomizedResponse)
  /// One of these, whichever it is.
  case oneOf([MechanismCounts])
  case selection(SelectedRuns)
}

/// The noise on a sum, and how far apart the sums of neighbors may be.
enum AdditiveNoise: Hashable {
  /// `precision` is (distance / standard deviation)^2, which adds up under composition.
  case gaussian(precision: Double)
  /// The scale over the L1 distance.
  case laplace(noiseMultiplier: Double)
  /// `sensitivity` is the L2 distance, in 1 ... 2^32.
  case discreteGaussian(standardDeviation: Double, sensitivity: Int)
  /// `sensitivity` is the L1 distance, in 1 ... 2^32.
  case discreteLaplace(scale: Double, sensitivity: Int)
  /// The standard deviation is that of one contributor's noise.
  case discreteGaussianSum(
    standardDeviation: Double, contributorCount: Int, distance: GridDistance)
  case skellam(variance: Double, distance: GridDistance)
}
