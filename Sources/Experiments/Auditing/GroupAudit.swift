internal import Accounting
internal import Auditing
internal import Datasets
internal import LinearAlgebra
internal import Models
internal import Randomness
internal import Results
internal import Training

/// The canaries of a group of trials, and what the trials tell of them.
///
/// Coins, and what canaries are made of, hang from the replicate, and from no data but public ones: those
/// that models are measured on, and those held out from training.
struct GroupAudit {
  private let settings: AuditSettings
  private let coins: CanaryCoins
  private let makeup: Makeup
  private let network: Network

  private enum Makeup {
    case elements([Int])
    case directions([[Float]])
    case examples(MislabeledExamples)
  }

  /// Nil where the plan has no audit.
  init?(_ plan: TrialPlan, network: Network, data: TrialData) {
    guard let settings = plan.audit else { return nil }
    let (keys, relation) = (plan.sharedKeys, plan.privacy.neighboringRelation)
    self.settings = settings
    self.network = network
    coins = CanaryCoins(count: settings.canaries, relation: relation, keys: keys)
    switch settings.canary {
    case .gradient:
      var initialization = RandomStream(keys.initialParameters)
      makeup = .elements(
        network.quietParameters(
          settings.canaries, at: network.initialParameters(from: &initialization),
          for: data.examples(of: plan.evaluation.split), key: keys.canaryMakeup))
    case .direction:
      makeup = .directions(
        (0..<settings.canaries).map { canary in
          var stream = RandomStream(keys.canaryMakeup.child(.canary, UInt64(canary)))
          var direction = [Float](repeating: 0, count: network.parameterCount)
          stream.fillGaussian(&direction, standardDeviation: 1)
          return direction
        })
    case .mislabeled:
      makeup = .examples(
        MislabeledExamples(
          canaries: settings.canaries, examplesPerUnit: plan.dataset.examplesPerCanary,
          hasOpposites: relation == .replaceOne, from: data.examples(of: .validation),
          key: keys.canaryMakeup))
    }
  }

  /// A source of updates with the canaries behind its units.
  ///
  /// - Parameters:
  ///   - units: a source like `base`, of what mislabeled canaries hold.
  ///   - unboundedNorms: how long a canary's update is where nothing is clipped, one a model.
  func updates<Base: UpdateSource>(
    behind base: Base, unboundedNorms: [Double],
    units: (MislabeledExamples) throws -> Base
  ) rethrows -> CanaryUpdates<Base> {
    let contribution: CanaryUpdates<Base>.Contribution =
      switch makeup {
      case .elements(let places): .elements(places: places)
      case .directions(let directions): .directions(directions)
      case .examples(let examples): .units(try units(examples))
      }
    return CanaryUpdates(
      base, coins: coins, sending: contribution, unboundedNorms: unboundedNorms)
  }

  /// What the audit of a trained model comes to. A score that is no number, of a model that has diverged,
  /// counts as 0.
  func measurements(
    of model: ModelInTraining, round: Int, delta: Double
  ) throws(AuditingError) -> [FinishedTrial.Measurement] {
    let scores = scores(of: model)
    let audit = try CanaryScores(
      scores: scores.map { $0.isNaN ? 0 : $0 }, isIncluded: coins.isIn
    ).audit(guessing: settings.guesses)
    var values: [(Metric, Double)] = [
      (.auditGuesses, Double(audit.guessCount)), (.auditCorrect, Double(audit.correctCount)),
    ]
    if settings.estimates, let estimate = try estimate(scores, of: model, delta: delta) {
      values.append((.auditEpsilonEstimate, estimate))
    }
    return values.map { FinishedTrial.Measurement(round: round, metric: $0, value: $1) }
  }

  /// One a canary, the higher the likelier it is in.
  private func scores(of model: ModelInTraining) -> [Double] {
    switch makeup {
    case .elements(let places): places.map { model.releaseTotal[$0] }
    case .directions(let directions):
      directions.map { Self.product(model.releaseTotal, $0.map(Double.init)) / euclideanNorm($0) }
    case .examples(let units): lossScores(of: model.evaluatedParameters, units)
    }
  }

  /// Minus the loss on the canary under the final model; with an opposite, that the opposite's is greater.
  private func lossScores(of parameters: [Float], _ units: MislabeledExamples) -> [Double] {
    var workspace = Workspace(
      for: network, capacity: min(network.microbatch, units.examplesPerUnit))
    let losses = (0..<units.unitCount).map { unit in
      let own = units.examples.selecting(units.positions(ofUnit: unit).map(Int32.init))
      return network.evaluate(
        parameters, features: own.features, labels: own.labels, in: &workspace
      ).loss
    }
    return (0..<settings.canaries).map { canary in
      let opposite = settings.canaries + canary
      return (opposite < losses.count ? losses[opposite] : 0) - losses[canary]
    }
  }

  /// Of the cosines between the canaries that are in and the sum of all releases; nil of a run that has
  /// diverged.
  private func estimate(
    _ scores: [Double], of model: ModelInTraining, delta: Double
  ) throws(AuditingError) -> Double? {
    let length = Self.product(model.releaseTotal, model.releaseTotal).squareRoot()
    guard length.isFinite && length > 0 else { return nil }
    return try OneShotEstimate(
      cosines: zip(scores, coins.isIn).filter(\.1).map { $0.0 / length },
      dimension: network.parameterCount
    ).epsilonEstimate(delta: delta)
  }

  private static func product(_ one: [Double], _ other: [Double]) -> Double {
    zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
