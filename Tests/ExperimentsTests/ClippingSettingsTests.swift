import Foundation
import Mechanisms
import Results
import Testing
import _TestSupport

@testable import Experiments

@Suite struct ClippingSettingsTests {
  private static let quantile =
    "{quantile: {target: 0.5, learning_rate: 0.2, count_standard_deviation: 5}}"

  private func source(_ clipping: String, noise: String = "{multiplier: 1.0}") -> String {
    TinyExperiment.plain([
      "clipping_norm: 0.5": "clipping_norm: 0.5\n  clipping: \(clipping)",
      "{multiplier: 1.0}": noise,
    ])
  }

  @Test(arguments: [
    ("flat", ClippingSettings.rule(.flat)), ("per-layer", .rule(.perLayer)),
    ("{automatic: 0.01}", .rule(.automatic(stability: 0.01))),
    (quantile, .quantile(target: 0.5, learningRate: 0.2, countStandardDeviation: 5)),
  ])
  func rulesAreRead(text: String, clipping: ClippingSettings) throws {
    let points = try TinyExperiment.experiment(source(text)).points
    #expect(points.map(\.settings.privacy.clipping) == [clipping])
  }

  @Test func flatIsTheDefault() throws {
    let left = try TinyExperiment.plan(TinyExperiment.plain())
    let spelled = try TinyExperiment.plan(source("flat"))
    #expect(left.trials.map(\.id) == spelled.trials.map(\.id))
  }

  @Test(arguments: [
    ("flat-ish", "privacy.clipping: \"flat-ish\" is not a choice"),
    ("{automatic: 0}", "privacy.clipping.automatic: must be a finite number above 0, found 0"),
    (
      "{quantile: {target: 1.5, learning_rate: 0.2, count_standard_deviation: 5}}",
      "privacy.clipping.quantile.target: must be from 0 to 1, found 1.5"
    ),
    ("{quantile: {target: 0.5}}", "privacy.clipping.quantile.learning_rate: is missing"),
  ])
  func mistakesAreNamed(text: String, message: String) {
    #expect {
      try TinyExperiment.experiment(source(text))
    } throws: { "\($0)".hasPrefix("tiny.yaml:31: \(message)") }
  }

  @Test(arguments: [("{multiplier: 10}", "10.0"), ("{multiplier: 30}", "30.0")])
  func aCountTooExactForTheNoiseIsRefused(noise: String, shown: String) throws {
    #expect {
      try TinyExperiment.plan(source(Self.quantile, noise: noise))
    } throws: { error in
      "\(error)"
        == "tiny.yaml:31: privacy.clipping: the count's standard deviation is 5.0; for the noise "
        + "multiplier \(shown) it must be greater than \(Double(shown)! / 2)"
    }
    #expect(throws: Never.self) {
      try TinyExperiment.plan(source(Self.quantile, noise: "{multiplier: 9.99}"))
    }
  }

  /// One event pays for the sum and the count.
  @Test func adaptiveClippingCostsWhatFixedClippingCosts() throws {
    let fixed = try TinyExperiment.plan(TinyExperiment.plain()).trials
    let adaptive = try TinyExperiment.plan(source(Self.quantile)).trials
    #expect(fixed.map(\.claim) == adaptive.map(\.claim))
    #expect(Set(fixed.map(\.id)).isDisjoint(with: adaptive.map(\.id)))
  }

  @Test func theClippingNormIsReportedWhereItAdapts() async throws {
    func norms(_ source: String) async throws -> [RoundRow] {
      let folder = try await Sweep.run(source)
      return try RunFiles(directory: folder.path).roundRows().filter {
        $0.metric == .clippingNorm
      }
    }
    #expect(try await norms(source("per-layer")).isEmpty)
    #expect(try await norms(source(Self.quantile, noise: "none")).isEmpty)
    let adaptive = try await norms(source(Self.quantile))
    #expect(adaptive.map(\.round) == [2, 3, 2, 3])
    // From round to round the norm changes by a factor exp(0.2 (0.5 - b)), b being noised.
    #expect(adaptive.allSatisfy { $0.value > 0 && $0.value != 0.5 })
    #expect(Set(adaptive.map(\.value)).count == 4)
  }
}
