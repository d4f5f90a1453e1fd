internal import Accounting
internal import Mechanisms
internal import Results

/// What it costs to publish every private row of a sweep, or only its best one.
///
/// Each trial's epsilon is the price of that trial alone. Whoever looks at many trials and publishes
/// one has used all of them (Papernot & Steinke 2022); the composition of all covers any choice.
/// Trials of one replicate share their cohorts, so in a round they are several noised answers on
/// *one* sample, not several samples: they are priced as such. Where clients take turns, the trials of
/// all replicates do.
public struct PublicationCost: Hashable, Encodable, Sendable {
  public let privateTrials: Int
  public let nonPrivateTrials: Int
  /// Upper bound over all private trials; nil where none is known.
  public let epsilonUpper: Double?
  public let delta: Double?
  /// Why there is no bound; nil where there is one.
  public let reason: String?

  init(of trials: [PlannedTrial]) {
    let priced = trials.filter { $0.claim.isPrivate }
    privateTrials = priced.count
    nonPrivateTrials = trials.count - priced.count
    let answers = priced.compactMap(\.analytics)
    let outcome =
      answers.isEmpty ? Self.compose(priced.compactMap(\.training)) : Self.compose(answers)
    delta = answers.isEmpty ? priced.first?.claim.delta : Self.sharedDelta(of: answers)
    switch outcome {
    case .success(let epsilon):
      epsilonUpper = epsilon
      reason = nil
    case .failure(let obstacle):
      epsilonUpper = nil
      reason = obstacle.reason
    }
  }

  private struct Obstacle: Error {
    let reason: String
  }

  private static func compose(_ trials: [TrainingTrial]) -> Result<Double, Obstacle> {
    guard let first = trials.first?.plan else {
      return .failure(Obstacle(reason: "no trial is private"))
    }
    let shareRounds = trials.allSatisfy {
      $0.plan.dataset == first.dataset && $0.plan.audit == first.audit
        && $0.plan.training.sampling == first.training.sampling
        && $0.plan.training.links.overSelection == first.training.links.overSelection
        && $0.plan.training.rounds == first.training.rounds
        && $0.plan.training.releasesPerRound == first.training.releasesPerRound
        && $0.plan.privacy.delta == first.privacy.delta
        && $0.plan.privacy.neighboringRelation == first.privacy.neighboringRelation
        && $0.plan.privacy.accountant == first.privacy.accountant
    }
    guard shareRounds else {
      return .failure(
        Obstacle(
          reason:
            "trials differ in \(first.privacy.unit.rawValue)s, sampling, rounds, relation, delta or accountant, "
            + "while they share random cohorts: no bound on all together is known here"))
    }
    let cohorts = Dictionary(grouping: trials) {
      first.training.sampling == .inTurn ? 0 : $0.plan.replicate
    }
    do {
      let rounds = try cohorts.sorted { $0.key < $1.key }.map { _, trials in
        first.training.event(
          of: .composed(try trials.map { try $0.plan.privacy.mechanism.event }),
          unitCount: first.unitCount)
      }
      return .success(try first.privacy.price(.composed(rounds)).upper)
    } catch {
      return .failure(Obstacle(reason: "\(error)"))
    }
  }

  /// Answers about a corpus add up. Each of their thresholds may fail, so that the delta of all is the
  /// sum of theirs.
  private static func compose(_ answers: [AnalyticsTrial]) -> Result<Double, Obstacle> {
    let terms = answers[0].plan.settings.privacy.terms.with(delta: sharedDelta(of: answers))
    guard answers.allSatisfy({ $0.plan.settings.privacy.terms.with(delta: terms.delta) == terms })
    else { return .failure(Obstacle(reason: "trials differ in relation or accountant")) }
    do {
      let events = answers.map(\.plan.settings.event)
      return .success(try terms.price(.composed(events)).upper)
    } catch {
      return .failure(Obstacle(reason: "\(error)"))
    }
  }

  private static func sharedDelta(of answers: [AnalyticsTrial]) -> Double {
    answers.reduce(0) { $0 + $1.plan.settings.privacy.terms.delta }
  }

  private enum CodingKeys: String, CodingKey {
    case privateTrials = "private_trials"
    case nonPrivateTrials = "non_private_trials"
    case epsilonUpper = "epsilon_upper"
    case delta
    case reason
  }
}

extension PublicationCost: CustomStringConvertible {
  public var description: String {
    let selection = "publishing all \(privateTrials) private trials, or the best of them: "
    let price =
      if let epsilonUpper, let delta {
        selection + "epsilon <= \(OutwardDecimal.text(epsilonUpper, rounded: .up)) "
          + "at delta = \(delta), by composition (unit, neighbors, sampling and accountant as above)"
      } else {
        selection + "no bound, since \(reason ?? "none is known")"
      }
    return nonPrivateTrials == 0
      ? price
      : price + "\npublishing any of the \(nonPrivateTrials) trials without noise: no bound"
  }
}
