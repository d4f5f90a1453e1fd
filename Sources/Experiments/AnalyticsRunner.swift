internal import Accounting
internal import Analytics
internal import Randomness
internal import Results

/// A trial that asks a corpus.
struct AnalyticsTrial: Sendable {
  let id: TrialID
  let plan: AnalyticsPlan
}

extension PlannedTrial {
  /// The trial as one that asks a corpus, if it does.
  var analytics: AnalyticsTrial? {
    switch task {
    case .training: nil
    case .analytics(let plan): AnalyticsTrial(id: id, plan: plan)
    }
  }
}

/// Asks a corpus once, and measures what the answer is good for.
struct AnalyticsRunner: Sendable {
  let trial: AnalyticsTrial
  let data: AnalyticsData
  let directory: RunDirectory

  private var settings: AnalyticsSettings { trial.plan.settings }

  /// Collects, charges and measures.
  func run() throws -> FinishedTrial {
    let start = ContinuousClock.now
    var ledger = try directory.ledger(of: trial.id, releases: AnalyticsPlan.rounds)
    let values: [(Metric, Double)]
    let users: Int
    switch data.contributors {
    case .nextWords(let held):
      values = measure(
        try release(of: held, charging: &ledger) { held, most, stream in
          held.contributed(
            pairs: most.pairs, words: most.words, choosing: settings.query.choice, from: &stream)
        })
      users = held.count
    case .words(let held):
      values = measure(
        try release(of: held, charging: &ledger) { held, most, stream in
          held.contributed(atMost: most.words, choosing: settings.query.choice, from: &stream)
        }, contributors: held)
      users = held.count
    }
    return FinishedTrial(
      measurements: values.map {
        FinishedTrial.Measurement(round: AnalyticsPlan.rounds, metric: $0, value: $1)
      },
      ledger: ledger.ledger,
      timing: TimingRow(
        trial: trial.id.description, seconds: (ContinuousClock.now - start) / .seconds(1),
        updates: users))
  }

  /// What all users contribute, through the mechanism.
  private func release<Held, Key>(
    of users: [Held], charging ledger: inout DurableLedger,
    contribution: (Held, (pairs: Int, words: Int), inout RandomStream) -> [Key]
  ) throws -> ReleasedHistogram<Key> {
    let mechanism = settings.mechanism
    let most =
      mechanism.limit == nil
      ? (pairs: .max, words: .max)
      : (pairs: settings.query.pairsPerUser, words: settings.query.wordsPerUser)
    var histogram = UserHistogram<Key>(limit: mechanism.limit)
    for (user, held) in users.enumerated() {
      var choice = RandomStream(trial.plan.choiceKey(user: user))
      histogram.add(userWith: contribution(held, most, &choice))
    }
    return try mechanism.release(histogram, noise: trial.plan.noiseKey(of: trial.id))
      .charge(&ledger)
  }

  private func measure(_ released: ReleasedHistogram<NextWordKey>) -> [(Metric, Double)] {
    let predictor = NextWordPredictor(released, suggestionCount: ranks.max() ?? 0)
    let recall = predictor.recall(
      at: ranks, on: data.heldOut.flatMap { WordPair.all(in: $0) })
    return recalls(recall) + [(.releasedCount, Double(released.entries.count))]
  }

  private func measure(
    _ words: ReleasedHistogram<String>, contributors: [HeldKeys<String>]
  ) -> [(Metric, Double)] {
    let list = WordList(words)
    let recall = list.recall(at: ranks, of: data.heldOut.map { HeldKeys($0.joined()) })
    let own = list.recall(at: [settings.evaluation.recallAt], of: contributors)
    return recalls(recall) + [
      (.coverage, list.coverage(of: data.heldOut.flatMap { $0.joined() })),
      (.releasedCount, Double(words.entries.count)), (.diagnosticRecall, own[0]),
    ]
  }

  private var ranks: [Int] { settings.query.kind.recalls.map(\.rank) }

  /// One value a rank; accuracy is the one at the rank that the experiment declares.
  private func recalls(_ values: [Double]) -> [(Metric, Double)] {
    zip(settings.query.kind.recalls, values).flatMap { recall, value in
      recall.rank == settings.evaluation.recallAt
        ? [(.accuracy, value), (recall.metric, value)] : [(recall.metric, value)]
    }
  }
}
