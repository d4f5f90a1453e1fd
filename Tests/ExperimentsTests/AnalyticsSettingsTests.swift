import Accounting
import Analytics
import Results
import Testing

@testable import Datasets
@testable import Experiments

@Suite struct AnalyticsSettingsTests {
  private func settings(_ source: String) throws -> [AnalyticsSettings] {
    try Experiment(source: source, file: "tiny.yaml", smoke: false).points.map { point in
      guard case .analytics(let settings) = point.task else { throw NotAnalytics() }
      return settings
    }
  }

  private struct NotAnalytics: Error {}

  @Test func anExperimentIsReadAsItIsWritten() throws {
    let all = try settings(TinyAnalytics.source)
    let first = try #require(all.first)
    #expect(first.corpus == CorpusSettings(name: .shakespeareWords, heldOut: 0.2))
    #expect(first.corpus.heldOutCount == 285)
    #expect(
      first.query
        == QuerySettings(
          kind: .nextWords, pairsPerUser: 3, wordsPerUser: 1, weights: .one, choice: .atRandom))
    #expect(first.query.limit == ContributionLimit(keysPerUser: 4, weights: .one))
    #expect(first.evaluation == RecallSettings(recallAt: 3, tunedOn: .nothing))
    #expect(
      first.privacy.terms
        == PrivacyTerms(
          unit: .client, neighboringRelation: .addOrRemoveOne, delta: 1e-5, accountant: .pld))
    #expect(first.privacy.failureProbability == 0.25e-5)
    #expect(
      all.map(\.privacy.noise) == [.none, .boundsOnly, .multiplier(1.5), .targetEpsilon(2)])
  }

  @Test func whatIsLeftOutIsAsSpelled() throws {
    let left = try settings(
      TinyAnalytics.source([
        "  weights: one\n": "", "  choose: at-random\n": "", "  accountant: pld\n": "",
        "threshold_share: 0.25": "threshold_share: 0.5",
      ]))
    let spelled = try settings(
      TinyAnalytics.source(["  threshold_share: 0.25\n": ""]))
    #expect(left == spelled)
  }

  @Test(arguments: [
    (
      "analytics:", "training:\n  rounds: 3\nanalytics:",
      "tiny.yaml:10: training: an experiment has either analytics or a model and its training"
    ),
    (
      "name: shakespeare-words", "name: shakespeare-lines",
      "tiny.yaml:7: dataset.name: \"shakespeare-lines\" is not a choice; did you mean "
        + "\"shakespeare-words\"? Choices: shakespeare-words."
    ),
    (
      "held_out: 0.2", "held_out: 0.0001",
      "tiny.yaml:8: dataset.held_out: of 1426 users, some must be held out and some contribute"
    ),
    (
      "held_out: 0.2", "held_out: 1",
      "tiny.yaml:8: dataset.held_out: must be above 0 and below 1, found 1"
    ),
    (
      "pairs_per_user", "pair_per_user",
      "tiny.yaml:11: analytics.pair_per_user: unknown key; did you mean \"pairs_per_user\"? Known "
        + "here: kind, pairs_per_user, words_per_user, weights, choose."
    ),
    (
      "kind: next-words", "kind: word-list",
      "tiny.yaml:11: analytics.pairs_per_user: unknown key; did you mean \"words_per_user\"? Known "
        + "here: kind, words_per_user, weights, choose."
    ),
    (
      "words_per_user: 1", "words_per_user: 0",
      "tiny.yaml:12: analytics.words_per_user: must be from 1 to 524288, found 0"
    ),
    (
      "choose: at-random", "choose: at-radom",
      "tiny.yaml:14: analytics.choose: \"at-radom\" is not a choice; did you mean \"at-random\"? "
        + "Choices: at-random, most-frequent."
    ),
    (
      "recall_at: 3", "recall_at: 4",
      "tiny.yaml:16: evaluation.recall_at: must be one of 1, 3, 5, 10, found 4"
    ),
    (
      "unit: client", "unit: example",
      "tiny.yaml:19: privacy.unit: a corpus belongs to its users, who are protected as a whole; use "
        + "client"
    ),
    (
      "add-or-remove-one", "replace-one",
      "tiny.yaml:20: privacy.neighboring_relation: the threshold hides keys that one user brings, "
        + "not those that vanish with another; use add-or-remove-one or zero-out"
    ),
    (
      "threshold_share: 0.25", "threshold_share: 1",
      "tiny.yaml:23: privacy.threshold_share: must be above 0 and below 1, found 1"
    ),
    (
      "threshold_share: 0.25", "clipping_norm: 1",
      "tiny.yaml:23: privacy.clipping_norm: unknown key. Known here: unit, neighboring_relation, "
        + "delta, accountant, threshold_share, noise."
    ),
    (
      "noise: none", "noise: bounds",
      "tiny.yaml:24: privacy.noise: \"bounds\" is not a choice. Choices: none, bounds-only, "
        + "{multiplier: 1.0}, {target_epsilon: 2}."
    ),
    (
      "privacy.noise:", "training.rounds:",
      "tiny.yaml:27: sweep.training.rounds: an axis is a dotted path into dataset, analytics, "
        + "evaluation, privacy, such as privacy.noise, or cases, zip or exclude"
    ),
  ])
  func mistakesAreNamedWithPlaceAndMend(line: String, change: String, message: String) {
    #expect {
      _ = try settings(TinyAnalytics.source([line: change]))
    } throws: { error in
      "\(error)" == message
    }
  }

  @Test func aTargetOutOfReachIsAnError() {
    #expect {
      _ = try TinyAnalytics.plan(
        TinyAnalytics.source(["{target_epsilon: 2}": "{target_epsilon: 1.0e+300}"]))
    } throws: { error in
      "\(error)".hasPrefix("tiny.yaml:30: privacy: ")
    }
  }

  @Test func aPlanSpellsEveryValueAndTheThreshold() throws {
    let trials = try TinyAnalytics.plan().trials
    let plans = try trials.map { String(decoding: try CanonicalJSON.line($0.task), as: UTF8.self) }
    let mechanism = ThresholdedGaussian(
      limit: ContributionLimit(keysPerUser: 4), noiseMultiplier: 1.5, failureProbability: 0.25e-5)
    #expect(
      plans[5] == """
        {"analytics":{"choose":"at-random","kind":"next-words","pairs_per_user":3,"weights":"one",\
        "words_per_user":1},\
        "dataset":{"held_out":0.2,"name":"shakespeare-words"},\
        "dataset_fingerprint":"\(Plays.publishedFingerprint)",\
        "evaluation":{"recall_at":3,"tuned_on":"nothing"},\
        "privacy":{"accountant":"pld","delta":1e-05,"neighboring_relation":"add-or-remove-one",\
        "noise":{"multiplier":1.5},"threshold":\(mechanism.threshold),"threshold_share":0.25,\
        "unit":"client"},"replicate":1,"seed":7}
        """)
    #expect(plans[0].contains("\"noise\":\"none\",\"threshold_share\""))
    #expect(plans[2].contains("\"noise\":\"bounds-only\",\"threshold_share\""))
    let list = try TinyAnalytics.plan(TinyAnalytics.wordList).trials[0].task
    #expect(
      String(decoding: try CanonicalJSON.line(list), as: UTF8.self)
        .contains("\"kind\":\"word-list\",\"weights\":\"one\",\"words_per_user\":4"))
    #expect(Set(trials.map(\.id)).count == 8)
  }

  @Test func noiseIsCalibratedToTheTarget() throws {
    let trials = try TinyAnalytics.plan().trials
    #expect(trials.map(\.targetEpsilon) == [nil, nil, nil, nil, nil, nil, 2, 2])
    #expect(trials.map(\.claim.isPrivate) == [false, false, false, false, true, true, true, true])
    for trial in trials.suffix(2) {
      #expect(trial.claim.epsilonUpper <= 2 && trial.claim.epsilonUpper > 2 * (1 - 1e-5))
      #expect(trial.claim.sampling == "everyone")
    }
  }

  /// Each trial's threshold may fail with its share of delta, so that all of them together are priced at
  /// all deltas together.
  @Test func publishingAllCostsTheirComposition() throws {
    let plan = try TinyAnalytics.plan(TinyAnalytics.source(["replicates: 2": "replicates: 3"]))
    let events = plan.trials.compactMap { $0.analytics?.plan.settings }
      .filter { $0.privacy.noiseMultiplier > 0 }.map(\.event)
    var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
    for event in events { try accountant.compose(event) }
    #expect(plan.publication.privateTrials == 6 && plan.publication.nonPrivateTrials == 6)
    let delta = try #require(plan.publication.delta)
    #expect(abs(delta / 6e-5 - 1) < 1e-12)
    let epsilon = try #require(plan.publication.epsilonUpper)
    #expect(abs(epsilon / (try accountant.epsilon(atDelta: delta).upper) - 1) < 1e-6)
  }

  @Test func trialsUnderDifferentTermsHaveNoCommonPrice() throws {
    let plan = try TinyAnalytics.plan(
      TinyAnalytics.source(["sweep:": "sweep:\n  privacy.accountant: [pld, rdp]"]))
    #expect(plan.publication.epsilonUpper == nil)
    #expect(plan.publication.description.contains("trials differ in relation or accountant"))
  }

  @Test(arguments: ["keyboard-next-words", "keyboard-word-list"])
  func theExperimentsOfThisRepositoryArePlanned(name: String) throws {
    let source = try TinyExperiment.published(name)
    for smoke in [false, true] {
      let plan = try Plan(
        Experiment(source: source, file: name, smoke: smoke), file: name)
      let targets = Set(plan.trials.compactMap(\.targetEpsilon))
      #expect(smoke ? targets.count == 1 : targets == [0.5, 1, 2, 4, 8])
      #expect(plan.trials.allSatisfy { $0.claim.epsilonUpper <= $0.targetEpsilon ?? .infinity })
    }
  }
}
