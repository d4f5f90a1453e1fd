public import Accounting
public import ArgumentParser

/// A run of equal Gaussian releases, from flags: who is sampled, how often, and who counts as a
/// neighbor.
struct EventOptions: ParsableArguments {
  @Option(help: "Poisson sampling: the probability that a unit takes part in a round, in (0, 1].")
  var samplingRate: Double?

  @Option(help: "Sampling without replacement: units a round; needs --population-size.")
  var cohortSize: Int?

  @Option(help: "Sampling without replacement: all units; needs --cohort-size.")
  var populationSize: Int?

  @Option(help: "Releases.")
  var rounds: Int

  @Option(help: "The probability that epsilon does not cover, in (0, 1).")
  var delta: Double

  @Option(
    help: """
      The accountant: rdp, gaussian-dp or zcdp (full participation only), pure-dp or \
      optimal-composition (no Gaussian noise); to price published results again: moments, \
      rdp-classic, advanced-composition.
      """)
  var accountant: AccountantKind = .rdp

  @Option(
    help: "Neighbors: add-or-remove-one, zero-out, or replace-one (doubles the sensitivity).")
  var neighboringRelation: NeighboringRelation = .addOrRemoveOne

  @Option(help: "What is protected, for the statement: client or example.")
  var privacyUnit: PrivacyUnit = .client

  func validate() throws {
    if (cohortSize == nil) != (populationSize == nil) {
      throw ValidationError("--cohort-size and --population-size go together.")
    }
    if samplingRate != nil && cohortSize != nil {
      throw ValidationError("--sampling-rate and --cohort-size exclude each other.")
    }
  }

  func event(noiseMultiplier: Double) -> PrivacyEvent {
    let release = PrivacyEvent.gaussian(noiseMultiplier: noiseMultiplier)
    let sampled: PrivacyEvent =
      if let samplingRate {
        .poissonSampled(release, samplingRate: samplingRate)
      } else if let cohortSize, let populationSize {
        .sampledWithoutReplacement(
          release, cohortSize: cohortSize, populationSize: populationSize)
      } else {
        release
      }
    return .repeated(sampled, count: rounds)
  }

  func guarantee(noiseMultiplier: Double) throws -> PrivacyGuarantee {
    try PrivacyGuarantee(
      of: event(noiseMultiplier: noiseMultiplier), atDelta: delta, unit: privacyUnit,
      relation: neighboringRelation, accountant: accountant)
  }
}

extension AccountantKind: ExpressibleByArgument {}
extension NeighboringRelation: ExpressibleByArgument {}
extension PrivacyUnit: ExpressibleByArgument {}
