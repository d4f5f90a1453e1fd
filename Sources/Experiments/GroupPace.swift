internal import Accounting
internal import LinearAlgebra
internal import Models
internal import Training

/// How long trials that train side by side take, found by a few of their rounds.
struct GroupPace: Sendable {
  /// Of the first round above the others: buffers that are made and caches that are cold.
  let start: Double
  let round: Double
  let measurement: Double
  let timedRounds: Int

  /// - Parameters:
  ///   - rounds: how many are to come.
  ///   - measurements: after how many of them there is one.
  func seconds(rounds: Int, measurements: Int) -> Double {
    start + Double(rounds) * round + Double(measurements) * measurement
  }
}

extension TrialGroup {
  /// Trains for about so many seconds, and one round at least, and measures once. Models, ledgers and
  /// measurements are thrown away: nothing is released.
  func pace(on data: TrialData, threads: Int, within seconds: Double) throws -> GroupPace {
    let plan = trials[0].plan
    let network = plan.network
    let workers = Workers(count: threads)
    let beginning = ContinuousClock.now
    let evaluator = Evaluator(
      network, examples: data.examples(of: plan.evaluation.split), workers: workers)
    let trainer = try trainer(
      of: network, on: data, audit: GroupAudit(trials[0].plan, network: network, data: data),
      workers: workers)
    return try pace(
      trainer, evaluator, evaluatedShare: Self.share(of: data, plan), since: beginning,
      within: seconds)
  }

  /// Sites are measured besides, each on its own examples, which together are all.
  private static func share(of data: TrialData, _ plan: TrialPlan) -> Double {
    data.sites(of: plan.evaluation.split).isEmpty ? 1 : 2
  }

  private func pace(
    _ trainer: some RoundTrainer, _ evaluator: Evaluator, evaluatedShare: Double,
    since beginning: ContinuousClock.Instant, within seconds: Double
  ) throws -> GroupPace {
    var trainer = trainer
    var ledgers = trials.map { _ in Ledger() }
    let rounds = trials[0].plan.training.rounds - round
    func elapsed() -> Double { (ContinuousClock.now - beginning) / .seconds(1) }

    _ = try trainer.runRound(round + 1, charging: &ledgers)
    let first = elapsed()
    var done = 1
    while done < rounds, elapsed() < seconds {
      try Task.checkCancellation()
      _ = try trainer.runRound(round + done + 1, charging: &ledgers)
      done += 1
    }
    let perRound = done > 1 ? (elapsed() - first) / Double(done - 1) : first
    let before = ContinuousClock.now
    _ = evaluator.evaluate(trainer.models.map(\.evaluatedParameters))
    return GroupPace(
      start: max(0, first - perRound), round: perRound,
      measurement: (ContinuousClock.now - before) / .seconds(1) * evaluatedShare, timedRounds: done)
  }
}
