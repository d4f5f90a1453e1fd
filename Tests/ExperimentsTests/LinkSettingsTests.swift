import Accounting
import Foundation
import Mechanisms
import Results
import Testing
import Training

@testable import Experiments

/// What `training` says of links and devices.
@Suite struct LinkSettingsTests {
  private static let participation = """
    participation:
        availability: {diurnal: {period: 24, lowest: 0.2, highest: 0.8}}
        drop_out: 0.1
        stragglers: {fraction: 0.2, work: 0.5}
        minimum: {devices: 5, count_standard_deviation: 4}
    """

  /// One setting with lines added to `training`.
  private static func source(_ lines: String, _ changes: [String: String] = [:]) -> String {
    TinyExperiment.plain(
      ["server_momentum: 0.9\n": "server_momentum: 0.9\n  \(lines)\n"].merging(changes) { _, new in
        new
      })
  }

  /// With a cohort of fixed size.
  private static func fixed(_ lines: String, _ changes: [String: String] = [:]) -> String {
    source(
      lines,
      [
        "{poisson_rate: 0.25}": "{cohort_size: 10}", "add-or-remove-one": "replace-one",
      ].merging(changes) { _, new in new })
  }

  private func links(_ source: String) throws -> LinkSettings {
    try #require(try TinyExperiment.experiment(source).points.first).settings.training.links
  }

  // MARK: Reading

  @Test func linksArePerfectUnlessTheFileSaysOtherwise() throws {
    #expect(try links(TinyExperiment.plain()) == .perfect)
    #expect(try links(Self.source("compression: none")) == .perfect)
    #expect(try links(Self.source("error_feedback: false")) == .perfect)
    #expect(try links(Self.source("participation: {availability: always}")) == .perfect)
    #expect(try links(TinyExperiment.examples()) == .perfect)
  }

  @Test(arguments: [
    ("{decimals: 3}", UpdateCompression.decimals(3)), ("{uniform_bits: 8}", .uniform(bits: 8)),
    ("{stochastic_bits: 4}", .stochastic(bits: 4)), ("{top_k: 0.01}", .topK(fraction: 0.01)),
    ("{random_k: 0.01}", .randomK(fraction: 0.01, isUnbiased: false)),
    ("{unbiased_random_k: 0.01}", .randomK(fraction: 0.01, isUnbiased: true)),
  ])
  func compressionIsRead(text: String, compression: UpdateCompression) throws {
    #expect(
      try links(Self.source("compression: \(text)")).link == UpdateLink(compression: compression))
    guard compression.allowsErrorFeedback else { return }
    #expect(
      try links(Self.source("compression: \(text)\n  error_feedback: true")).link
        == UpdateLink(compression: compression, errorFeedback: true))
  }

  @Test func participationIsRead() throws {
    let links = try links(Self.source(Self.participation))
    #expect(
      links.participation
        == Participation(
          availability: .diurnal(period: 24, lowest: 0.2, highest: 0.8, spread: 1), dropOut: 0.1,
          stragglers: .init(fraction: 0.2, work: 0.5), fewestReports: 5))
    #expect(links.countStandardDeviation == 4)
    #expect(
      try self.links(Self.fixed("participation: {over_selection: 1.3}")).overSelection == 1.3)
    #expect(
      try self.links(Self.source("participation: {availability: {probability: 0.7}}"))
        .participation.availability == .probability(0.7))
  }

  /// A plan says what was resolved in the words of the file, and nothing where it says nothing new.
  @Test(arguments: [
    "compression: {decimals: 3}\n  error_feedback: true", "compression: {stochastic_bits: 4}",
    "compression: {unbiased_random_k: 0.5}", participation,
    "participation: {availability: {probability: 0.5}}",
    "participation: {minimum: {devices: 3, count_standard_deviation: 9}}",
  ])
  func whatIsWrittenReadsBack(lines: String) throws {
    try expectReadsBack(Self.source(lines), TinyExperiment.plain())
  }

  @Test func overSelectionReadsBack() throws {
    try expectReadsBack(
      Self.fixed("participation: {over_selection: 1.3, drop_out: 0.2}"), Self.fixed(""))
  }

  private func expectReadsBack(_ source: String, _ plain: String) throws {
    let points = try TinyExperiment.experiment(source).points
    let settings = try #require(points.first).settings.training
    let json = String(decoding: try CanonicalJSON.line(settings), as: UTF8.self)
    let range = try #require(plain.range(of: "training:")).lowerBound
    let end = try #require(plain.range(of: "evaluation:")).lowerBound
    let again = plain.replacingCharacters(in: range..<end, with: "training: \(json)\n")
    #expect(try TinyExperiment.experiment(again).points.first?.settings.training == settings)
  }

  @Test func perfectLinksAreNotWritten() throws {
    let point = try #require(try TinyExperiment.experiment(TinyExperiment.plain()).points.first)
    let json = String(decoding: try CanonicalJSON.line(point.settings.training), as: UTF8.self)
    for key in LinkSettings.keys { #expect(!json.contains(key)) }
  }

  // MARK: Refusals

  private static let distributed =
    "{distributed_skellam: {bits: 24, noise_contributors: 10}}"

  private static let refusals: [(source: String, message: String)] = [
    (
      source("compression: {decimal: 3}"),
      "tiny.yaml:21: training.compression: \"decimal\" is not a choice; did you mean "
        + "\"{decimals: 3}\"? Choices: none, {decimals: 3}, {uniform_bits: 8}, "
        + "{stochastic_bits: 4}, {top_k: 0.01}, {random_k: 0.01}, {unbiased_random_k: 0.01}."
    ),
    (
      source("compression: {stochastic_bits: 1}"),
      "tiny.yaml:21: training.compression.stochastic_bits: must be from 2 to 16, found 1"
    ),
    (
      source("compression: {top_k: 0}"),
      "tiny.yaml:21: training.compression.top_k: must be above 0 and at most 1, found 0"
    ),
    (
      source("error_feedback: maybe"),
      "tiny.yaml:21: training.error_feedback: expected true or false, found \"maybe\""
    ),
    (
      source("error_feedback: true"),
      "tiny.yaml:21: training.error_feedback: nothing is kept back without compression; remove "
        + "this key"
    ),
    (
      source("compression: {stochastic_bits: 4}\n  error_feedback: true"),
      "tiny.yaml:22: training.error_feedback: stochastic rounding has no bias to correct; remove "
        + "this key, or use uniform_bits"
    ),
    (
      source("compression: {unbiased_random_k: 0.1}\n  error_feedback: true"),
      "tiny.yaml:22: training.error_feedback: unbiased_random_k has no bias to correct, and its "
        + "errors would grow; remove this key, or use random_k"
    ),
    (
      source("compression: {uniform_bits: 1}\n  error_feedback: true"),
      "tiny.yaml:22: training.error_feedback: what one bit keeps back can grow without bound; use "
        + "2 or more bits, or remove this key"
    ),
    (
      fixed("compression: {top_k: 0.1}\n  error_feedback: true"),
      "tiny.yaml:22: training.error_feedback: what a client keeps ties its rounds together, "
        + "and for cohorts of fixed size no amplification by sampling is known then. Use "
        + "poisson_rate or everyone, or remove this key."
    ),
    (
      source(
        "compression: {top_k: 0.1}\n  error_feedback: true",
        ["clients: 40": "clients: 34196", "partition: iid": "partition: {drawn: 5}"]),
      "tiny.yaml:22: training.error_feedback: 34196 clients keep 7850 numbers each, and there is "
        + "room for 268435456 in all (1 GiB). Declare fewer clients, use a smaller model, or remove this "
        + "key."
    ),
    (
      source("participation: {availability: {probability: 0}}"),
      "tiny.yaml:21: training.participation.availability.probability: must be above 0 and at most "
        + "1, found 0"
    ),
    (
      source("participation: {availability: {diurnal: {period: 9, lowest: 0.5, highest: 0.4}}}"),
      "tiny.yaml:21: training.participation.availability.diurnal.lowest: must be at most highest, "
        + "which is 0.4, found 0.5"
    ),
    (
      source("participation: {stragglers: {fraction: 1, work: 0}}"),
      "tiny.yaml:21: training.participation.stragglers.fraction: must be below 1 where the work of "
        + "stragglers is lost, found 1"
    ),
    (
      source("participation: {dropout: 0.1}"),
      "tiny.yaml:21: training.participation.dropout: unknown key; did you mean \"drop_out\"? Known "
        + "here: availability, drop_out, stragglers, over_selection, minimum."
    ),
    (
      source("participation: {over_selection: 1.3}"),
      "tiny.yaml:21: training.participation.over_selection: only the first reports would count, so "
        + "that one client's coming could push out another's report, which add-or-remove-one does "
        + "not allow for. Use sampling: {cohort_size: 100}, or ask for more with a larger "
        + "poisson_rate."
    ),
    (
      source("participation: {minimum: {devices: 5}}"),
      "tiny.yaml:21: training.participation.minimum.devices: how many report is what "
        + "add-or-remove-one hides; give count_standard_deviation, above the noise multiplier, and "
        + "the round is skipped on the noised number"
    ),
    (
      source(
        "participation: {minimum: {devices: 5, count_standard_deviation: 4}}",
        [
          "clipping_norm: 0.5": "clipping_norm: 0.5\n  clipping: {quantile: {target: 0.5, "
            + "learning_rate: 0.2, count_standard_deviation: 5}}"
        ]),
      "tiny.yaml:21: training.participation.minimum.devices: a clipping norm that follows a "
        + "quantile releases a count of its own, and there is no mechanism for both; use another "
        + "privacy.clipping, or remove minimum"
    ),
    (
      source(
        "participation: {minimum: {devices: 5, count_standard_deviation: 4}}",
        ["add-or-remove-one": "zero-out"]),
      "tiny.yaml:21: training.participation.minimum.devices: how many of a random cohort report "
        + "says who was sampled, which the price takes for secret. Use add-or-remove-one, where the "
        + "number is noised, or another sampling."
    ),
    (
      fixed("participation: {availability: {probability: 0.5}, minimum: {devices: 5}}"),
      "tiny.yaml:21: training.participation.minimum.devices: clients are not available alike, so "
        + "that the number of reports says who was sampled, which the price takes for secret. Use "
        + "availability: always, or remove minimum."
    ),
    (
      source(
        "participation: {minimum: {devices: 5, count_standard_deviation: 4}}",
        ["clipping_norm: 0.5": "clipping_norm: 0.5\n  mechanism: \(distributed)"]),
      "tiny.yaml:21: training.participation.minimum.devices: only with Gaussian noise of the "
        + "server's is a noised number of reports released; use mechanism: gaussian, or remove minimum"
    ),
    (
      source(
        "compression: {decimals: 3}",
        ["clipping_norm: 0.5": "clipping_norm: 0.5\n  mechanism: \(distributed)"]),
      "tiny.yaml:21: training.compression: a client sends what its noise or its encoding makes of the "
        + "update, which is as long whatever was left out before. Use privacy.mechanism: gaussian, or "
        + "remove this key."
    ),
    (
      fixed("participation: {minimum: {devices: 5, count_standard_deviation: 4}}"),
      "tiny.yaml:21: training.participation.minimum.count_standard_deviation: the number of reports "
        + "is public under replace-one, and decides as it is; remove this key"
    ),
  ]

  @Test(arguments: refusals.indices)
  func mistakesAreNamed(index: Int) {
    let (source, message) = Self.refusals[index]
    #expect {
      try TinyExperiment.experiment(source)
    } throws: { "\($0)" == message }
  }

  @Test func aCountThatSaysTooMuchIsNamed() {
    let source = Self.source("participation: {minimum: {devices: 5, count_standard_deviation: 1}}")
    #expect {
      try TinyExperiment.plan(source)
    } throws: {
      "\($0)" == "tiny.yaml:21: training.participation.minimum: the count's standard deviation is "
        + "1.0; for the noise multiplier 1.0 it must be greater than that"
    }
  }

  @Test(arguments: LinkSettings.keys) func examplesHaveNoLinks(key: String) {
    let source = TinyExperiment.examples([
      "  learning_rate: 0.5\n": "  learning_rate: 0.5\n  \(key): none\n"
    ])
    #expect {
      try TinyExperiment.experiment(source)
    } throws: {
      "\($0)".hasPrefix(
        "tiny.yaml:15: training.\(key): belongs to unit: client, and privacy.unit is example; "
          + "remove this key: examples ")
    }
  }

  /// What is refused with noise is allowed without: there is nothing to guard.
  @Test(arguments: [
    fixed("compression: {top_k: 0.1}\n  error_feedback: true"),
    source("participation: {minimum: {devices: 5}}"),
    source("participation: {minimum: {devices: 5}}", ["add-or-remove-one": "zero-out"]),
    fixed("participation: {minimum: {devices: 5, count_standard_deviation: 4}}"),
  ])
  func withoutNoiseThereIsNothingToGuard(source: String) throws {
    _ = try TinyExperiment.plan(
      source.replacingOccurrences(of: "noise: {multiplier: 1.0}", with: "noise: none"))
  }

  /// Who sends noised updates of its own is seen by the server, cohort or not: the number is public.
  @Test func ofNoiseOfTheirOwnTheNumberIsPublic() throws {
    let source = Self.source(
      "participation: {minimum: {devices: 5}}",
      [
        "clipping_norm: 0.5": "clipping_norm: 0.5\n  mechanism: local-gaussian",
        "add-or-remove-one": "zero-out",
      ])
    #expect(try TinyExperiment.plan(source).trials.count == 2)
  }

  // MARK: The price

  /// Whoever is missing lowers no price, and the noised number raises none.
  @Test func aRunCostsWhatItsSamplingSays() throws {
    let plain = try TinyExperiment.plan(TinyExperiment.plain()).trials[0]
    let unstable = try TinyExperiment.plan(Self.source(Self.participation)).trials[0]
    #expect(plain.claim == unstable.claim)
    #expect(plain.id != unstable.id)
  }

  /// Who asks for more is charged for all who are asked.
  @Test func overSelectionIsCharged() throws {
    func claim(_ source: String) throws -> PrivacyClaim {
      try TinyExperiment.plan(source).trials[0].claim
    }
    let more = try claim(Self.fixed("participation: {over_selection: 1.3}"))
    let asked = try claim(Self.fixed("", ["{poisson_rate: 0.25}": "{cohort_size: 13}"]))
    #expect(more.sampling == "without-replacement(cohort_size=10;over_selection=1.3)")
    #expect(more.epsilonUpper == asked.epsilonUpper)
    #expect(try more.epsilonUpper > claim(Self.fixed("")).epsilonUpper)
  }

  @Test(arguments: ["slow-links", "unstable-links"])
  func publishedExperimentsAreRead(name: String) throws {
    for smoke in [false, true] {
      let experiment = try TinyExperiment.experiment(
        TinyExperiment.published(name), smoke: smoke)
      #expect(experiment.points.contains { $0.settings.training.links != .perfect })
    }
  }
}
