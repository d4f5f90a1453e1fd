internal import Accounting
internal import Results

extension PrivacySettings {
  /// Bounds on the epsilon of an event at this delta.
  func price(_ event: PrivacyEvent) throws(AccountingError) -> PrivacyBound {
    try spent(on: event, by: accountant).epsilon(atDelta: delta)
  }

  /// The price of an event with all that gives it meaning, and what Renyi divergences say.
  func claim(
    on event: PrivacyEvent, sampling: SamplingSettings
  ) throws(AccountingError) -> PrivacyClaim {
    PrivacyClaim(
      epsilon: try price(event), delta: delta, noiseMultiplier: noiseMultiplier, privacyUnit: unit,
      neighboringRelation: neighboringRelation, sampling: samplingLabel(sampling),
      accountant: accountant,
      epsilonUpperRDP: try? spent(on: event, by: .rdp).epsilonUpperBound(atDelta: delta))
  }

  /// Who sends its contribution by itself is seen, however it was drawn.
  private func samplingLabel(_ sampling: SamplingSettings) -> String {
    sampling.label + (mechanismSettings == .localGaussian ? " without amplification" : "")
  }

  private func spent(
    on event: PrivacyEvent, by kind: AccountantKind
  ) throws(AccountingError) -> any PrivacyAccountant {
    var accountant = kind.makeAccountant(relation: neighboringRelation)
    try accountant.compose(event)
    return accountant
  }

  /// 0 without noise.
  private var noiseMultiplier: Double {
    guard case .multiplier(let multiplier) = noise else { return 0 }
    return multiplier
  }
}
