internal import Models
internal import Training

/// What clients keep between rounds: control variates, and what compression kept back.
extension TrainingSettings {
  /// How many numbers one client keeps for a model of so many parameters.
  func keptElements(parameterCount: Int) -> Int {
    let controls = local?.controlVariates == nil ? 0 : parameterCount
    return controls + (links.link.errorFeedback ? parameterCount + controls : 0)
  }

  /// Refuses clients that remember what no guarantee covers, or more than the machine does.
  ///
  /// - Parameter reader: of `training`.
  func checkMemory(
    _ reader: SettingsReader, clientCount: Int, parameterCount: Int, privacy: PrivacySettings
  ) throws(ExperimentError) {
    let keptElements = keptElements(parameterCount: parameterCount)
    guard keptElements > 0 else { return }
    let key = links.link.errorFeedback ? "error_feedback" : "control_variates"
    if privacy.noise != .none, case .withoutReplacement = sampling {
      throw reader.problem(
        .inconsistent(
          reason:
            "what a client keeps ties its rounds together, and for cohorts of fixed size no "
            + "amplification by sampling is known then. Use poisson_rate or everyone, or remove "
            + "this key."),
        at: key)
    }
    let (kept, overflows) = clientCount.multipliedReportingOverflow(by: keptElements)
    guard !overflows, kept <= ClientMemory.mostElements else {
      throw reader.problem(
        .inconsistent(
          reason: "\(clientCount) clients keep \(keptElements) numbers each, and there is room for "
            + "\(ClientMemory.mostElements) in all (1 GiB). Declare fewer clients, use a smaller "
            + "model, or remove this key."),
        at: key)
    }
    guard local?.controlVariates == nil || 2 * parameterCount <= Architecture.largestSize else {
      throw reader.problem(
        .inconsistent(
          reason: "a client sends \(2 * parameterCount) numbers, for the model and its control "
            + "variate, and may send \(Architecture.largestSize). Use a smaller model, or remove "
            + "this key."),
        at: "control_variates")
    }
  }
}
