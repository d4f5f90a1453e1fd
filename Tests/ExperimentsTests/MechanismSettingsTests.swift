import Accounting
import Foundation
import Mechanisms
import Results
import Testing
import _TestSupport

@testable import Experiments

@Suite struct MechanismSettingsTests {
  static let zeroOut = ["add-or-remove-one": "zero-out"]

  /// The tiny experiment with a mechanism, on line 31.
  static func source(_ mechanism: String, _ changes: [String: String] = [:]) -> String {
    TinyExperiment.plain(
      changes.merging(["clipping_norm: 0.5": "clipping_norm: 0.5\n  mechanism: \(mechanism)"]) {
        change, _ in change
      })
  }

  static func distributed(_ law: String, _ more: String = "") -> String {
    "{distributed_\(law): {bits: 16, noise_contributors: 20\(more)}}"
  }

  private func settings(_ source: String) throws -> MechanismSettings {
    try #require(
      try TinyExperiment.experiment(source).points.first
    ).settings.privacy.mechanismSettings
  }

  @Test func mechanismsAreRead() throws {
    #expect(try settings(TinyExperiment.plain()) == .gaussian)
    #expect(try settings(Self.source("local-gaussian", Self.zeroOut)) == .localGaussian)
    for (name, law) in [
      ("discrete_gaussian", DistributedNoise.Law.discreteGaussian), ("skellam", .skellam),
    ] {
      let short = DistributedSettings(
        law: law, bits: 16, noiseContributors: 20, granularity: .headroom(4), isRotated: true,
        redrawProbability: GridEncoding.recommendedRedrawProbability, dimension: 7850,
        expectedCohortSize: 10)
      #expect(try settings(Self.source(Self.distributed(name))) == .distributed(short))
      let long = DistributedSettings(
        law: law, bits: 16, noiseContributors: 20, granularity: .relative(0.001), isRotated: false,
        redrawProbability: 0, dimension: 7850, expectedCohortSize: 10)
      let text = Self.distributed(
        name, ", granularity: 0.001, rotation: none, redraw_probability: 0")
      #expect(try settings(Self.source(text)) == .distributed(long))
    }
  }

  /// What says nothing new does not change who a trial is.
  @Test func gaussianIsTheDefault() throws {
    let left = try TinyExperiment.plan(TinyExperiment.plain())
    let spelled = try TinyExperiment.plan(Self.source("gaussian"))
    #expect(left.trials.map(\.id) == spelled.trials.map(\.id))
    #expect(!String(decoding: try left.document(), as: UTF8.self).contains("\"mechanism\""))
  }

  @Test func everySettingIsItsOwnTrial() throws {
    let texts = [
      Self.distributed("discrete_gaussian"), Self.distributed("skellam"),
      Self.distributed("skellam", ", headroom: 3"), Self.distributed("skellam", ", rotation: none"),
      Self.distributed("skellam", ", granularity: 0.01"),
      Self.distributed("skellam", ", redraw_probability: 0.5"),
    ]
    let ids = try texts.map { try TinyExperiment.plan(Self.source($0)).trials[0].id }
    #expect(Set(ids).count == texts.count)
    let spelled = Self.distributed("discrete_gaussian", ", headroom: 4, rotation: hadamard")
    #expect(try TinyExperiment.plan(Self.source(spelled)).trials[0].id == ids[0])
  }

  @Test(arguments: [
    ("gausian", "privacy.mechanism: \"gausian\" is not a choice; did you mean \"gaussian\"?"),
    (
      "{distributed_skelam: {}}",
      "privacy.mechanism: \"distributed_skelam\" is not a choice; did you mean "
        + "\"{distributed_skellam: {bits: 16, noise_contributors: 100}}\"?"
    ),
    (
      "{distributed_skellam: {bits: 16}}",
      "privacy.mechanism.distributed_skellam.noise_contributors: is missing"
    ),
    (
      "{distributed_skellam: {bits: 64, noise_contributors: 9}}",
      "privacy.mechanism.distributed_skellam.bits: must be from 2 to 32, found 64"
    ),
    (
      "{distributed_skellam: {bits: 3, noise_contributors: 9}}",
      "privacy.mechanism.distributed_skellam.bits: 3 bits are too few for the rounding errors of 10.0"
    ),
    (
      "{distributed_skellam: {bits: 16, noise_contributors: 9, granularity: 1, headroom: 3}}",
      "privacy.mechanism.distributed_skellam.headroom: the granularity is given"
    ),
    (
      "{distributed_skellam: {bits: 16, noise_contributors: 9, granularity: 0}}",
      "privacy.mechanism.distributed_skellam.granularity: must be from 1e-8 to 1e6, found 0"
    ),
    (
      "{distributed_skellam: {bits: 16, noise_contributors: 9, step: 1}}",
      "privacy.mechanism.distributed_skellam.step: unknown key"
    ),
  ])
  func mistakesAreNamed(text: String, message: String) {
    #expect {
      try TinyExperiment.experiment(Self.source(text))
    } throws: { "\($0)".hasPrefix("tiny.yaml:31: \(message)") }
  }

  @Test func whatDoesNotGoTogetherIsRefused() {
    let skellam = Self.distributed("skellam")
    let quantile =
      "clipping: {quantile: {target: 0.5, learning_rate: 0.2, count_standard_deviation: 5}}"
    for (source, message) in [
      (
        Self.source("local-gaussian"),
        "privacy.neighboring_relation: a client that sends nothing is seen to be missing"
      ),
      (
        Self.source(skellam, ["{multiplier: 1.0}": "none"]),
        "privacy.mechanism: there is no noise for it to add"
      ),
      (
        Self.source(skellam, ["accountant: pld": "accountant: pld\n  gaussian_sampler: gsl"]),
        "privacy.gaussian_sampler: the noise is on the integers"
      ),
      (
        Self.source(skellam, ["accountant: pld": "accountant: pld\n  \(quantile)"]),
        "privacy.clipping: the count of unclipped contributions has Gaussian noise"
      ),
      (
        TinyExperiment.examples([
          "clipping_norm: 0.5": "clipping_norm: 0.5\n  mechanism: \(skellam)"
        ]),
        "privacy.mechanism: examples add no noise themselves"
      ),
    ] {
      #expect {
        try TinyExperiment.experiment(source)
      } throws: { "\($0)".contains(message) }
    }
  }

  /// The noise is refused where it cannot be drawn, and the line is that of the mechanism.
  @Test func noiseThatNobodyCanDrawIsRefused() {
    #expect {
      try TinyExperiment.plan(
        Self.source(
          Self.distributed("skellam", ", granularity: 1.0e-8"),
          ["{multiplier: 1.0}": "{multiplier: 100}"]))
    } throws: {
      "\($0)".hasPrefix(
        "tiny.yaml:31: privacy.mechanism: one contributor's noise has a variance of ")
    }
  }

  // MARK: Prices

  private func claim(_ source: String) throws -> PrivacyClaim {
    try #require(try TinyExperiment.plan(source).trials.first).claim
  }

  /// Full price in every round, whoever is drawn.
  @Test func localNoiseIsNotAmplified() throws {
    let local = try claim(Self.source("local-gaussian", Self.zeroOut))
    let everyone = try claim(
      TinyExperiment.plain(
        Self.zeroOut.merging(["{poisson_rate: 0.25}": "everyone"]) { left, _ in left }))
    #expect(local.epsilonUpper == everyone.epsilonUpper)
    #expect(local.sampling == "poisson(rate=0.25) without amplification")
    let central = try claim(TinyExperiment.plain(Self.zeroOut))
    #expect(local.epsilonUpper > 1.5 * central.epsilonUpper)
  }

  /// On a fine grid nearly what Renyi divergences say of Gaussian noise on the same cohorts: the bound
  /// for whatever noise on cohorts is a little looser.
  @Test func fineGridsCostWhatGaussianNoiseDoes() throws {
    for law in ["discrete_gaussian", "skellam"] {
      let source = Self.source("{distributed_\(law): {bits: 20, noise_contributors: 20}}")
      let claim = try claim(source)
      let central = try #require(try self.claim(TinyExperiment.plain()).epsilonUpperRDP)
      #expect(claim.epsilonUpper > central * 0.999 && claim.epsilonUpper < central * 1.25)
      #expect(claim.limit == .divergencesAlone)
      let coarse = try self.claim(Self.source(Self.distributed(law).replacing("16", with: "8")))
      #expect(coarse.epsilonUpper > claim.epsilonUpper)
    }
  }

  @Test(arguments: [
    "local-gaussian", distributed("discrete_gaussian"), distributed("skellam"),
    distributed("skellam", ", granularity: 0.0005"),
  ])
  func noiseIsCalibrated(mechanism: String) throws {
    let changes = Self.zeroOut.merging(["{multiplier: 1.0}": "{target_epsilon: 4}"]) { left, _ in
      left
    }
    let claim = try claim(Self.source(mechanism, changes))
    #expect(claim.epsilonUpper <= 4)
    #expect(claim.epsilonUpper > 3.99)
  }

  // MARK: Runs

  @Test(arguments: [
    "local-gaussian", distributed("discrete_gaussian"), distributed("skellam"),
  ])
  func runsAreVerified(mechanism: String) async throws {
    let folder = try await Sweep.run(Self.source(mechanism, Self.zeroOut))
    #expect(try Verification(directory: folder.path).findings == [])
  }
}
