internal import Accounting
internal import Models
internal import Training

/// What clients keep between rounds.
extension TrainingSettings {
  /// How many numbers each client keeps.
  func keptElements(parameterCount: Int) -> Int {
    let controls = local?.controlVariates == nil ? 0 : parameterCount
    return controls + (links.link.errorFeedback ? parameterCount + controls : 0)
  }

  /// A key that has clients keep something; nil where they keep nothing.
  private var memoryKey: String? {
    if local?.controlVariates != nil { return "control_variates" }
    return links.link.errorFeedback ? "error_feedback" : nil
  }

  /// Refuses what the program has no room for.
  ///
  /// - Parameter reader: of `training`.
  func checkMemory(
    of model: ModelSettings, on dataset: DatasetSettings, by reader: SettingsReader
  ) throws(ExperimentError) {
    guard let memoryKey else { return }
    let parameters = model.network(for: dataset.name).parameterCount
    let each = keptElements(parameterCount: parameters)
    let (kept, isHuge) = each.multipliedReportingOverflow(by: dataset.unitCount)
    guard !isHuge, kept <= ClientMemory.mostElements else {
      throw reader.problem(
        .inconsistent(
          reason: "\(dataset.unitCount) clients would keep \(each) numbers each; all together keep at "
            + "most \(ClientMemory.mostElements). Declare fewer clients, or a smaller model."),
        at: memoryKey)
    }
    guard local?.controlVariates == nil || 2 * parameters <= Architecture.largestSize else {
      throw reader.problem(
        .inconsistent(
          reason: "a client would send \(2 * parameters) numbers, for the model and its control "
            + "variate; it sends at most \(Architecture.largestSize). Use a smaller model."),
        at: "control_variates")
    }
  }

  /// Refuses cohorts of fixed size, with noise, of clients that keep something.
  ///
  /// Where every client has a coin of its own, whoever knows of all others who takes part still does not
  /// know of one: rounds then compose adaptively, whatever that one keeps (see ``UpdateLink``). In a cohort
  /// of fixed size the others tell, and no amplification by sampling is known.
  ///
  /// - Parameter reader: of `training`.
  func checkMemory(
    against privacy: PrivacySettings, by reader: SettingsReader
  ) throws(ExperimentError) {
    guard let memoryKey, privacy.noise != .none, case .withoutReplacement = sampling else { return }
    throw reader.problem(
      .inconsistent(
        reason: "what a client keeps ties its rounds together, and for cohorts of fixed size no "
          + "amplification by sampling is known then. Use poisson_rate, everyone or in_turn, or "
          + "remove this key."),
      at: memoryKey)
  }
}
