import Accounting
import Foundation
import Testing
import _TestSupport

@Suite struct RepeatAndSelectTests {
  static let gaussian = PrivacyEvent.gaussian(noiseMultiplier: 2)
  static let sampled = PrivacyEvent.repeated(
    .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.01), count: 500)
  static let laplace = PrivacyEvent.laplace(noiseMultiplier: 3)

  static func logarithmic(_ mean: Double) -> RepetitionLaw {
    .truncatedNegativeBinomial(shape: 0, mean: mean)
  }

  private func epsilon(
    _ event: PrivacyEvent, by kind: AccountantKind = .rdp, delta: Double = 1e-5,
    relation: NeighboringRelation = .addOrRemoveOne
  ) throws -> PrivacyBound {
    var accountant = kind.makeAccountant(relation: relation)
    try accountant.compose(event)
    return try accountant.epsilon(atDelta: delta)
  }

  /// Order infinity, which dp-accounting has not, helps Laplace noise, and the second order 1 does where
  /// there are few runs. With the Poisson law, dp-accounting
  /// leaves out that no run is an outcome too, and bounds a run's total variation without Pinsker's
  /// inequality.
  @Test func agreesWithDPAccounting() throws {
    for row in try ReferenceTable("repeat_and_select.csv").rows {
      let noise = try row.column("noise_multiplier")
      let release: PrivacyEvent =
        try row.column("noise") == 0
        ? .gaussian(noiseMultiplier: noise) : .laplace(noiseMultiplier: noise)
      let run = PrivacyEvent.repeated(
        .poissonSampled(release, samplingRate: try row.column("sampling_rate")),
        count: Int(try row.column("rounds")))
      let (shape, mean) = (try row.column("shape"), try row.column("mean"))
      let isPoisson = shape == .infinity
      let law: RepetitionLaw =
        isPoisson ? .poisson(mean: mean) : .truncatedNegativeBinomial(shape: shape, mean: mean)
      let ours = try epsilon(
        .repeatAndSelect(run, repetitions: law), delta: try row.column("delta")
      ).upper
      let theirs = try row.column("epsilon")
      #expect(ours <= theirs * (isPoisson ? 1 + 0.2 * exp(-mean) / mean : 1) * (1 + 1e-6), "\(row)")
      if try row.column("noise") == 0 {
        let gain = isPoisson ? 0.02 : mean < 10 ? 1e-3 : 1e-5
        #expect(ours >= theirs * (1 - gain), "\(row)")
      }
    }
  }

  @Test func gammaIsThatOfTheMean() throws {
    for row in try ReferenceTable("repetition_gamma.csv").rows {
      let law = try TruncatedNegativeBinomial(
        shape: try row.column("shape"), mean: try row.column("mean"))
      let exact = try row.column("log_inverse_gamma")
      #expect(law.logInverseGamma >= exact * (1 - 1e-15), "\(row)")
      #expect(law.logInverseGamma <= exact * (1 + 1e-10), "\(row)")
    }
  }

  /// The geometric law costs three times a pure loss (Liu & Talwar 2019), and others
  /// (2 + shape) times.
  @Test(arguments: [-0.5, 0, 1, 4])
  func pureLossesAreMultiplied(shape: Double) throws {
    let law = RepetitionLaw.truncatedNegativeBinomial(shape: shape, mean: 20)
    let event = PrivacyEvent.repeatAndSelect(Self.laplace, repetitions: law)
    let pure = try epsilon(event, by: .pureDP).upper
    #expect(abs(pure - (2 + shape) / 3) < 1e-9)
    #expect(try epsilon(event, by: .rdp).upper <= pure * (1 + 1e-6))
  }

  @Test(arguments: [0.1, 1, 10])
  func poissonRunsHaveAPureLoss(mean: Double) throws {
    let event = PrivacyEvent.repeatAndSelect(Self.laplace, repetitions: .poisson(mean: mean))
    let most = 1.0 / 3 + mean * tanh(1.0 / 6)
    #expect(abs(try epsilon(event, by: .pureDP).upper - most) < 1e-9)
  }

  @Test(arguments: [gaussian, sampled, laplace], [1e-3, 1e-5, 1e-12])
  func costsRiseWithTheMeanFromThatOfOneRun(run: PrivacyEvent, delta: Double) throws {
    for shape in [-0.7, 0, 0.3, 1, 6] {
      var last = try epsilon(run, delta: delta).upper
      for mean in [1, 1.001, 1.5, 4, 30, 1e3, 1e9] {
        let law = RepetitionLaw.truncatedNegativeBinomial(shape: shape, mean: mean)
        let next = try epsilon(.repeatAndSelect(run, repetitions: law), delta: delta).upper
        #expect(next >= last * (1 - 1e-9), "shape \(shape), mean \(mean)")
        last = next
      }
    }
    var last = 0.0
    for mean in [1e-6, 0.01, 0.5, 1, 3, 40, 1e4] {
      let next = try epsilon(
        .repeatAndSelect(run, repetitions: .poisson(mean: mean)), delta: delta
      ).upper
      #expect(next >= last * (1 - 1e-9), "mean \(mean)")
      if mean >= 1 { #expect(next >= (try epsilon(run, delta: delta).upper) * (1 - 1e-9)) }
      last = next
    }
  }

  @Test(arguments: AccountantKind.allCases)
  func oneRunIsThatRun(kind: AccountantKind) throws {
    let run = [.pureDP, .optimalComposition].contains(kind) ? Self.laplace : Self.gaussian
    let once = PrivacyEvent.repeatAndSelect(run, repetitions: Self.logarithmic(1))
    #expect(try epsilon(once, by: kind) == epsilon(run, by: kind))
  }

  /// A score may be constant, so an attack on one run is one on the best of several.
  @Test func lowerEndsAreThoseOfOneRun() throws {
    let selected = try epsilon(.repeatAndSelect(Self.gaussian, repetitions: Self.logarithmic(9)))
    let single = try epsilon(Self.gaussian)
    #expect(abs(selected.lower - single.lower) < 1e-12)
    let rare = try epsilon(.repeatAndSelect(Self.gaussian, repetitions: .poisson(mean: 1e-3)))
    #expect(rare.lower < single.lower)
    let never = try epsilon(.repeatAndSelect(Self.gaussian, repetitions: .poisson(mean: 1e-6)))
    #expect(never.lower == 0)
  }

  @Test func nothingIsChosenFromNothing() throws {
    for repetitions in [Self.logarithmic(10), .poisson(mean: 10)] {
      let event = PrivacyEvent.repeatAndSelect(.composed([]), repetitions: repetitions)
      #expect(try epsilon(event).upper == 0)
    }
  }

  @Test func releasesWithoutNoiseHaveNoBound() throws {
    for kind in [AccountantKind.rdp, .pld, .pureDP] {
      let event = PrivacyEvent.repeatAndSelect(.nonPrivate, repetitions: Self.logarithmic(10))
      #expect(try epsilon(event, by: kind).lower == .infinity)
    }
    let perhaps = PrivacyEvent.repeatAndSelect(.nonPrivate, repetitions: .poisson(mean: 10))
    #expect(try epsilon(perhaps).upper == .infinity)
  }

  @Test(arguments: [
    (
      PrivacyEvent.poissonSampled(
        .repeatAndSelect(gaussian, repetitions: logarithmic(3)), samplingRate: 0.5),
      AccountantKind.rdp, UnsupportedReason.choiceInsideOfSampling
    ),
    (
      .repeatAndSelect(
        .composed([gaussian, .failure(probability: 1e-9)]), repetitions: logarithmic(3)),
      .rdp, .failuresInsideOfChoice
    ),
    (.repeatAndSelect(gaussian, repetitions: logarithmic(3)), .zcdp, .choiceIsNotConcentrated),
    (.repeatAndSelect(gaussian, repetitions: logarithmic(3)), .pureDP, .lossIsUnlimited),
    (
      .repeatAndSelect(gaussian, repetitions: logarithmic(3)), .gaussianDP,
      .onlyGaussianFullParticipation
    ),
  ])
  func whatHasNoTheoremIsRefused(
    event: PrivacyEvent, kind: AccountantKind, reason: UnsupportedReason
  ) throws {
    let error = #expect(throws: AccountingError.self) { try epsilon(event, by: kind) }
    guard case .unsupported(_, kind, .addOrRemoveOne, reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [
    RepetitionLaw.truncatedNegativeBinomial(shape: -1, mean: 2),
    .truncatedNegativeBinomial(shape: .infinity, mean: 2),
    .truncatedNegativeBinomial(shape: .nan, mean: 2),
    .truncatedNegativeBinomial(shape: 0, mean: 0.99),
    .truncatedNegativeBinomial(shape: 0, mean: .infinity),
    .poisson(mean: 0), .poisson(mean: -1), .poisson(mean: .nan), .poisson(mean: .infinity),
  ])
  func lawsOutOfRangeAreRefused(law: RepetitionLaw) throws {
    #expect(throws: AccountingError.self) { try law.validate() }
    #expect(throws: AccountingError.self) {
      try PrivacyEvent.repeatAndSelect(Self.gaussian, repetitions: law).validate()
    }
  }

  @Test(arguments: [
    (
      #"{"kind": "repeat_and_select", "event": {"kind": "gaussian", "noise_multiplier": 2}, "#
        + #""repetitions": {"kind": "truncated_negative_binomial", "shape": 0, "mean": 10}}"#,
      PrivacyEvent.repeatAndSelect(gaussian, repetitions: logarithmic(10))
    ),
    (
      #"{"kind": "repeat_and_select", "event": {"kind": "gaussian", "noise_multiplier": 2}, "#
        + #""repetitions": {"kind": "poisson", "mean": 10}}"#,
      .repeatAndSelect(gaussian, repetitions: .poisson(mean: 10))
    ),
    (
      #"{"kind": "any_of", "events": [{"kind": "gaussian", "noise_multiplier": 2}]}"#,
      .anyOf([gaussian])
    ),
    (
      #"{"class_name": "RepeatAndSelectDpEvent", "mean": 10, "shape": 0, "#
        + #""event": {"class_name": "GaussianDpEvent", "noise_multiplier": 2}}"#,
      .repeatAndSelect(gaussian, repetitions: logarithmic(10))
    ),
    (
      #"{"class_name": "RepeatAndSelectDpEvent", "mean": 10, "shape": "Infinity", "#
        + #""event": {"class_name": "GaussianDpEvent", "noise_multiplier": 2}}"#,
      .repeatAndSelect(gaussian, repetitions: .poisson(mean: 10))
    ),
  ])
  func isReadAndWritten(json: String, event: PrivacyEvent) throws {
    let read = try JSONDecoder().decode(RecordedEvent.self, from: Data(json.utf8)).event
    #expect(read == event)
    let written = try JSONEncoder().encode(event)
    #expect(try JSONDecoder().decode(PrivacyEvent.self, from: written) == event)
  }

  @Test(arguments: [
    #"{"kind": "any_of", "events": []}"#,
    #"{"kind": "repeat_and_select", "event": {"kind": "non_private"}, "#
      + #""repetitions": {"kind": "truncated_negative_binomial", "shape": -1, "mean": 10}}"#,
    #"{"class_name": "RepeatAndSelectDpEvent", "mean": 0.5, "shape": 0, "#
      + #""event": {"class_name": "NonPrivateDpEvent"}}"#,
    #"{"class_name": "RepeatAndSelectDpEvent", "mean": 5, "shape": "flat", "#
      + #""event": {"class_name": "NonPrivateDpEvent"}}"#,
  ])
  func badTextIsRefused(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(RecordedEvent.self, from: Data(json.utf8))
    }
  }
}
