internal import Accounting

extension TuningSettings {
  init(_ reader: SettingsReader) throws(ExperimentError) {
    try reader.expectOnly(["repetitions", "score_noise_multiplier"])
    repetitions = try Self.repetitions(reader)
    scoreNoiseMultiplier = try reader.number("score_noise_multiplier", in: .noiseMultiplier)
  }

  private static func repetitions(_ reader: SettingsReader) throws(ExperimentError) -> RepetitionLaw
  {
    switch try reader.variant("repetitions") {
    case .keyed("truncated_negative_binomial", let law):
      let settings = try law.reader("truncated_negative_binomial")
      try settings.expectOnly(["shape", "mean"])
      return .truncatedNegativeBinomial(
        shape: try settings.number("shape", in: .repetitionShape),
        mean: try settings.number("mean", in: .repetitionMean))
    case .keyed("poisson", let law):
      let settings = try law.reader("poisson")
      try settings.expectOnly(["mean"])
      return .poisson(mean: try settings.number("mean", in: .upTo(1000)))
    case let other:
      throw reader.unknownChoice(
        other.name,
        choices: [
          "{truncated_negative_binomial: {shape: 0, mean: 10}}", "{poisson: {mean: 10}}",
        ], at: "repetitions")
    }
  }

  /// Refuses an experiment whose choice could not be accounted for.
  func check(
    _ points: [Experiment.Point], replicates: Int, in document: SettingsReader
  ) throws(ExperimentError) {
    func refusal(_ reason: String, at key: String) -> ExperimentError {
      document.problem(.inconsistent(reason: reason), at: key)
    }
    guard document.contains("sweep") else {
      throw refusal("there is nothing to choose from; name the settings under sweep", at: "tuning")
    }
    guard replicates == 1 else {
      throw refusal("a run that chooses privately is one run; use replicates: 1", at: "replicates")
    }
    for point in points {
      guard case .training(let settings) = point.task else {
        throw refusal("counts of words have no validation score; leave tuning out", at: "tuning")
      }
      guard settings.privacy.unit == .example else {
        throw try document.reader("privacy").problem(
          .inconsistent(
            reason: "a client may hold examples of both parts, so training and scoring do not "
              + "compose in parallel; use unit: example"), at: "unit")
      }
      guard settings.privacy.mechanismSettings == .gaussian else {
        throw ExperimentError(
          file: document.file, line: point.mechanismLine, path: "privacy.mechanism",
          problem: .inconsistent(
            reason: "the scores that a choice is made by have noise in floating point, from the "
              + "seed; use mechanism: gaussian, or leave tuning out"))
      }
      guard settings.evaluation.split == .validation else {
        throw try document.reader("evaluation").problem(
          .inconsistent(reason: "runs are scored on held-out examples; use split: validation"),
          at: "split")
      }
      guard settings.privacy.noise != .none else {
        throw ExperimentError(
          file: document.file, line: point.noiseLine, path: "privacy.noise",
          problem: .inconsistent(
            reason: "a run without noise has no bound, and so has no choice that it is part of; "
              + "leave it out of the sweep"))
      }
    }
    let terms = points.compactMap { point -> PrivacyTerms? in
      guard case .training(let settings) = point.task else { return nil }
      return settings.privacy.terms
    }
    guard Set(terms.map(\.delta)).count == 1, Set(terms.map(\.neighboringRelation)).count == 1
    else {
      throw refusal("settings must agree in delta and neighboring_relation", at: "sweep")
    }
  }
}
