internal import Accounting
internal import Results

/// All that gives an epsilon its meaning but how cohorts are drawn.
struct PrivacyTerms: Hashable, Sendable {
  let unit: PrivacyUnit
  let neighboringRelation: NeighboringRelation
  let delta: Double
  let accountant: AccountantKind

  func with(delta: Double) -> PrivacyTerms {
    PrivacyTerms(
      unit: unit, neighboringRelation: neighboringRelation, delta: delta, accountant: accountant)
  }

  /// Bounds on the epsilon of an event at this delta.
  func price(_ event: PrivacyEvent) throws(AccountingError) -> PrivacyBound {
    try spent(on: event, by: accountant).epsilon(atDelta: delta)
  }

  /// The price of an event with all that gives it meaning, and what Renyi divergences say.
  ///
  /// - Parameter noiseMultiplier: 0 without noise.
  func claim(
    on event: PrivacyEvent, noiseMultiplier: Double, sampling: String
  ) throws(AccountingError) -> PrivacyClaim {
    PrivacyClaim(
      epsilon: try price(event), delta: delta, noiseMultiplier: noiseMultiplier, privacyUnit: unit,
      neighboringRelation: neighboringRelation, sampling: sampling, accountant: accountant,
      epsilonUpperRDP: try? spent(on: event, by: .rdp).epsilonUpperBound(atDelta: delta))
  }

  private func spent(
    on event: PrivacyEvent, by kind: AccountantKind
  ) throws(AccountingError) -> any PrivacyAccountant {
    var accountant = kind.makeAccountant(relation: neighboringRelation)
    try accountant.compose(event)
    return accountant
  }
}

extension PrivacySettings {
  var terms: PrivacyTerms {
    PrivacyTerms(
      unit: unit, neighboringRelation: neighboringRelation, delta: delta, accountant: accountant)
  }

  /// Bounds on the epsilon of an event at this delta.
  func price(_ event: PrivacyEvent) throws(AccountingError) -> PrivacyBound {
    try terms.price(event)
  }

  /// The price of an event with all that gives it meaning, and what Renyi divergences say.
  func claim(
    on event: PrivacyEvent, sampling: String
  ) throws(AccountingError) -> PrivacyClaim {
    // Who sends its contribution by itself is seen, however it was drawn.
    let isSeen = mechanismSettings == .localGaussian
    return try terms.claim(
      on: event, noiseMultiplier: noiseMultiplier,
      sampling: isSeen ? "\(sampling) without amplification" : sampling)
  }

  /// 0 without noise.
  private var noiseMultiplier: Double {
    guard case .multiplier(let multiplier) = noise else { return 0 }
    return multiplier
  }
}
