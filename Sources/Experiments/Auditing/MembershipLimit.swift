internal import Accounting
internal import Results

/// What the guarantee of a setting leaves to any attack on membership: its trade-off function.
struct MembershipLimit: Sendable {
  private let function: TradeoffFunction

  /// Nil where no epsilon is claimed.
  init?(_ setting: PricedSetting) throws(AccountingError) {
    guard setting.claim.isPrivate else { return nil }
    var accountant = TradeoffFunction.makeAccountant(
      setting.claim.accountant, relation: setting.claim.neighboringRelation)
    try accountant.compose(setting.event)
    function = try TradeoffFunction(of: accountant)
  }

  /// 1 - beta, rounded up.
  func truePositiveRate(
    atFalsePositiveRate rate: Double
  ) throws(AccountingError) -> Double {
    (1 - (try function.beta(atAlpha: rate).lower)).nextUp
  }

  func measures() throws(AccountingError) -> MembershipRow.Limit {
    var rates: [Double] = []
    for rate in MembershipMeasures.falsePositiveRates {
      rates.append(try truePositiveRate(atFalsePositiveRate: rate))
    }
    return MembershipRow.Limit(
      balancedAccuracy: ((1 + function.advantage.upper) / 2).nextUp, truePositiveRates: rates)
  }
}
