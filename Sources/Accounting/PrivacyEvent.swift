/// One access to sensitive data, described by the facts that decide its privacy cost and no others.
///
/// Events are data: mechanisms emit them, samplers wrap them, accountants read them. An event says
/// nothing about which data sets count as neighbors; that is the accountant's
/// ``NeighboringRelation``. The cases can hold any numbers; ``validate()`` says whether they make
/// sense, and everything that reads an event (accountants, ledgers, decoding) calls it first.
public indirect enum PrivacyEvent: Hashable, Sendable {
  /// A release without noise.
  case nonPrivate

  /// A sum released with Gaussian noise.
  ///
  /// `noiseMultiplier` is the noise's standard deviation divided by the clipping norm, the L2 bound
  /// on what ONE unit adds to the sum. It is finite and greater than 0.
  case gaussian(noiseMultiplier: Double)

  /// A sum released with Laplace noise.
  ///
  /// `noiseMultiplier` is the noise's scale b (density exp(-|x|/b) / 2b in each coordinate) divided
  /// by the L1 bound on what ONE unit adds to the sum. It is finite and greater than 0.
  case laplace(noiseMultiplier: Double)

  /// An integer sum released with discrete Gaussian noise: integers x with probability proportional
  /// to exp(-x^2 / 2 standardDeviation^2), independently in each coordinate.
  ///
  /// `standardDeviation`, finite and greater than 0, is the parameter sigma in units of the grid (the
  /// standard deviation itself is at most that). `sensitivity`, in 1 ... 2^31, bounds what ONE unit
  /// adds to the sum: its absolute value, and with several coordinates their L2 norm.
  case discreteGaussian(standardDeviation: Double, sensitivity: Int)

  /// An integer sum released with discrete Laplace noise: integers x with probability proportional
  /// to exp(-|x| / scale), independently in each coordinate.
  ///
  /// `scale`, finite and greater than 0, is in units of the grid. `sensitivity`, in 1 ... 2^31,
  /// bounds what ONE unit adds to the sum: its absolute value, and with several coordinates their L1
  /// norm.
  case discreteLaplace(scale: Double, sensitivity: Int)

  /// An integer sum released with the discrete Gaussian noise of several contributors, of which each
  /// has added its own, independently in each coordinate: the noise that secure aggregation leaves
  /// (Kairouz, Liu & Steinke 2021).
  ///
  /// `standardDeviation`, finite and greater than 0, is the parameter sigma of ONE contributor's noise
  /// in units of the grid; below 1/2 no bound is known. `contributorCount`, in 1 ... 2^31, is the least
  /// number of contributors: who they are and that they contribute does not depend on the data, and
  /// noise of more of them is post-processing.
  case distributedDiscreteGaussian(
    standardDeviation: Double, contributorCount: Int, sensitivity: GridSensitivity)

  /// An integer sum released with Skellam noise, the difference of two Poisson variables,
  /// independently in each coordinate (Agarwal, Kairouz & Liu 2021). The sum of several contributors'
  /// noises is one.
  ///
  /// `variance`, finite and greater than 0, is that of all of it in squared units of the grid.
  case skellam(variance: Double, sensitivity: GridSensitivity)

  /// ONE unit's contribution, sent with Gaussian noise of its own to whom it need not trust.
  ///
  /// `noiseMultiplier` is that noise's standard deviation divided by the clipping norm, the L2 bound on
  /// the contribution. It is finite and greater than 0. Who sends is visible; so there is a bound for
  /// neighbors that both send, under zero-out and replace-one, and cohorts do not amplify it.
  case localGaussian(noiseMultiplier: Double)

  /// ONE unit's report of which bucket it is in: a uniformly random one of all buckets with
  /// probability `noiseParameter`, in (0, 1], and otherwise the true one.
  ///
  /// `bucketCount` is in 2 ... 2^53. That a unit reports at all is visible; so the event has a bound
  /// for neighbors that report both, under replace-one and, with a report that is random in any case
  /// for the unit that is zeroed out, under zero-out.
  case randomizedResponse(noiseParameter: Double, bucketCount: Int)

  /// The event run on a random cohort that each unit joins by its own coin.
  ///
  /// `samplingRate`, in (0, 1], is the probability of heads. One cohort serves the whole inner
  /// event, so a `composed` inside is several answers about the same cohort.
  case poissonSampled(PrivacyEvent, samplingRate: Double)

  /// The event run on a uniformly random cohort of exactly `cohortSize` of `populationSize` units.
  ///
  /// One cohort serves the whole inner event. `populationSize` is in 1 ... 2^53 and `cohortSize` in
  /// 1 ... `populationSize`.
  case sampledWithoutReplacement(PrivacyEvent, cohortSize: Int, populationSize: Int)

  /// The event about one of `unitCount` units that take turns in a fixed public order: each unit has
  /// part in at most one of any `unitCount` releases in a row.
  ///
  /// So n such releases cost one unit at most ceil(n / unitCount) times the event. All of them that
  /// one accountant sees are one order that goes on; runs that each begin anew are turns at the
  /// composition of their events. `unitCount` is in 1 ... 2^53. Whose turn it is is public; so there
  /// is a bound under zero-out and replace-one only.
  case takingTurns(PrivacyEvent, unitCount: Int)

  /// All guarantees fail altogether with this probability, in (0, 1], whatever the data are; as where
  /// a threshold is passed by one unit alone.
  case failure(probability: Double)

  /// The events one after another, each free to depend on the answers before it.
  case composed([PrivacyEvent])

  /// The event `count` times over with fresh randomness each time. `count` is in 0 ... 2^53.
  case repeated(PrivacyEvent, count: Int)

  /// One of the events and no more, at least one being given. Which one does not depend on the data: it
  /// is drawn, or each unit is in one public part of the data and the events are about different parts
  /// (parallel composition: McSherry 2009, Theorem 4).
  case anyOf([PrivacyEvent])

  /// The event a random number of times with fresh randomness and fresh cohorts each time, of which the
  /// output that scores best is published and nothing else; the score is computed from the output.
  case repeatAndSelect(PrivacyEvent, repetitions: RepetitionLaw)
}
