internal import Accounting
internal import Statistics
internal import Training

extension AuditSettings {
  static let key = "audit"

  init(_ reader: SettingsReader) throws(ExperimentError) {
    try reader.expectOnly(["canaries", "guesses", "confidence", "canary", "one_shot"])
    canaries = try reader.integer("canaries", in: 1...1_000_000)
    guesses = try reader.integer("guesses", in: 1...canaries)
    let level =
      reader.contains("confidence") ? try reader.number("confidence", in: .openUnit) : 0.95
    guard let confidence = Confidence(level) else {
      preconditionFailure("the range is that of confidences")
    }
    self.confidence = confidence
    canary = reader.contains("canary") ? try reader.choice("canary") : .gradient
    estimates = reader.contains("one_shot") ? try reader.flag("one_shot") : false
  }

  /// Refuses what cannot be audited so.
  ///
  /// - Parameter reader: of this section.
  func check(
    _ reader: SettingsReader, settings: Settings, parameterCount: Int
  ) throws(ExperimentError) {
    func refusal(_ reason: String, at key: String) -> ExperimentError {
      reader.problem(.inconsistent(reason: reason), at: key)
    }
    let (training, privacy) = (settings.training, settings.privacy)
    if training.silos != nil {
      throw reader.problem(
        .inconsistent(
          reason:
            "silos release on their own, and canaries would have to lie in one of them; audit "
            + "the training of one silo's examples by themselves"))
    }
    if training.local?.controlVariates != nil {
      throw reader.problem(
        .inconsistent(
          reason: "clients with control variates send more than an update, and canaries do not; "
            + "remove training.control_variates"))
    }
    if training.sampling == .inTurn {
      throw reader.problem(
        .inconsistent(
          reason:
            "canaries come after all clients, whose turns come first; use {poisson_rate: 0.1}, "
            + "{cohort_size: 100} or everyone"))
    }
    if canary == .gradient && canaries > parameterCount {
      throw refusal(
        "every gradient canary has a parameter of its own, and the model has \(parameterCount); "
          + "use at most so many, or canary: mislabeled", at: "canaries")
    }
    if canary == .direction && canaries * parameterCount > Self.mostDirectionElements {
      throw refusal(
        "directions of \(parameterCount) parameters each are kept in memory, at most "
          + "\(Self.mostDirectionElements / parameterCount) of them; use no more, or canary: gradient",
        at: "canaries")
    }
    if canary == .mislabeled { try checkMislabeled(settings, refusal) }
    guard estimates else { return }
    if canary != .direction {
      throw refusal(
        "the estimate rests on canaries in random directions; use canary: direction, or remove this "
          + "key", at: "one_shot")
    }
    if canaries < Self.fewestToEstimate {
      throw refusal(
        "the spread of \(canaries) canaries is no estimate of anything; use \(Self.fewestToEstimate) or "
          + "more, or remove one_shot", at: "canaries")
    }
    if privacy.neighboringRelation == .replaceOne {
      throw refusal(
        "the estimate is of whether a canary is there, and under replace-one it always is; use "
          + "add-or-remove-one or zero-out, or remove this key", at: "one_shot")
    }
  }

  private func checkMislabeled(
    _ settings: Settings, _ refusal: (String, String) -> ExperimentError
  ) throws(ExperimentError) {
    let (dataset, privacy) = (settings.dataset, settings.privacy)
    if !privacy.mechanismSettings.isNoiseOfTheAdder {
      throw refusal(
        "a canary that trains would share its noise with a client; use privacy.mechanism: gaussian or "
          + "discrete-gaussian, or canary: gradient", "canary")
    }
    if settings.training.links.participation != .full {
      throw refusal(
        "canaries that train are always available; remove training.participation, or use canary: "
          + "gradient", "canary")
    }
    if settings.evaluation.split == .validation {
      throw refusal(
        "canaries are made of held-out examples, which accuracy is measured on; use "
          + "evaluation.split: test, or canary: gradient", "canary")
    }
    let labels = privacy.neighboringRelation == .replaceOne ? 3 : 2
    if dataset.source.classCount < labels {
      throw refusal(
        "there are \(dataset.source.classCount) classes, and \(labels) are needed for wrong labels "
          + "under \(privacy.neighboringRelation.rawValue); use canary: gradient", "canary")
    }
    let needed = canaries * dataset.examplesPerCanary
    if dataset.validationExamples < needed {
      throw refusal(
        "canaries with wrong labels are made of held-out training examples: \(canaries) of "
          + "\(dataset.examplesPerCanary) each; set dataset.validation_examples to \(needed) or more, "
          + "or use canary: gradient", "canary")
    }
  }

  private static let mostDirectionElements = 1 << 26
  /// Of which half are in, and two at least but once in 10^17 runs.
  private static let fewestToEstimate = 64
}

extension DatasetSettings {
  /// How many examples a canary holds that is a unit like the others.
  var examplesPerCanary: Int {
    switch clients?.holding {
    case nil: 1
    case .drawn(let examplesPerClient): examplesPerClient
    case .dealt: max(1, exampleCount / unitCount)
    }
  }
}
