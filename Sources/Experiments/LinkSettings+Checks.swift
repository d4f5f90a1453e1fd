internal import Accounting
internal import Training

extension LinkSettings {
  /// Refuses what no guarantee covers, and what saves nothing.
  ///
  /// - Parameter reader: of `training`.
  func check(
    _ reader: SettingsReader, sampling: SamplingSettings, privacy: PrivacySettings
  ) throws(ExperimentError) {
    if link.compression != .none && !privacy.mechanismSettings.isNoiseOfTheAdder {
      throw reader.problem(
        .inconsistent(
          reason:
            "a client sends what its noise or its encoding makes of the update, which is as long "
            + "whatever was left out before. Use privacy.mechanism: gaussian, or remove this key."),
        at: "compression")
    }
    guard privacy.noise != .none, participation.fewestReports > 0 else { return }
    if let (reason, key) = obstacle(to: sampling, privacy) {
      throw try reader.reader("participation").reader("minimum").problem(
        .inconsistent(reason: reason), at: key)
    }
  }

  /// Why a round may not be left out for want of reports.
  ///
  /// Under add-or-remove-one the number of reports is secret: a noised one decides. Under the others it
  /// is public, as long as it says nothing of who is in a cohort that sampling hides. Where everybody
  /// is asked there is nothing to hide. In a cohort of fixed size, devices fail by coins that are alike
  /// for all and that nobody sees: given how many report, they are any such number of clients,
  /// equally likely, and no more of them than the price reckons with. Where some are known to be
  /// available more often, or where the size itself is random, the number would tell more. Noise of the
  /// clients' own hides nobody's coming to begin with.
  private func obstacle(
    to sampling: SamplingSettings, _ privacy: PrivacySettings
  ) -> (reason: String, key: String)? {
    let relation = privacy.neighboringRelation
    if relation == .addOrRemoveOne {
      if countStandardDeviation == nil {
        return (
          "how many report is what \(relation.rawValue) hides; give count_standard_deviation, above "
            + "the noise multiplier, and the round is skipped on the noised number", "devices"
        )
      }
      if privacy.mechanismSettings != .gaussian {
        return (
          "only with Gaussian noise of the server's is a noised number of reports released; use "
            + "mechanism: gaussian, or remove minimum", "devices"
        )
      }
      if case .quantile = privacy.clipping {
        return (
          "a clipping norm that follows a quantile releases a count of its own, and there is no "
            + "mechanism for both; use another privacy.clipping, or remove minimum", "devices"
        )
      }
      return nil
    }
    switch sampling {
    case .poisson where privacy.mechanismSettings != .localGaussian:
      return (
        "how many of a random cohort report says who was sampled, which the price takes for secret. "
          + "Use add-or-remove-one, where the number is noised, or another sampling.", "devices"
      )
    case .withoutReplacement
    where participation.availability != .always && privacy.mechanismSettings != .localGaussian:
      return (
        "clients are not available alike, so that the number of reports says who was sampled, which "
          + "the price takes for secret. Use availability: always, or remove minimum.", "devices"
      )
    case .poisson, .withoutReplacement, .everyone, .inTurn:
      guard countStandardDeviation != nil else { return nil }
      return (
        "the number of reports is public under \(relation.rawValue), and decides as it is; remove "
          + "this key", "count_standard_deviation"
      )
    }
  }
}
