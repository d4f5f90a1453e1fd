internal import Accounting
public import LinearAlgebra
internal import Mechanisms

/// Updates of real units, and of canaries behind them: units `base.population` and on.
///
/// Canaries are sampled and clipped as all units are, and real units keep their places, so that Poisson
/// sampling draws the same of them as without an audit. What the outcomes say is about real units alone.
public struct CanaryUpdates<Base: UpdateSource>: UpdateSource {
  /// What a canary sends.
  public enum Contribution {
    /// All of the clipping norm in one element, each its own (Nasr et al., Tight auditing of
    /// differentially private machine learning, 2023): the opposite is the negative. Costs nothing to
    /// speak of.
    case elements(places: [Int])
    /// All of the clipping norm in a direction, `[canary][element]`; the opposite is the negative.
    case directions([[Float]])
    /// What units of another source send, of as many units as there are canaries, or of twice as many
    /// where they have opposites, which come behind.
    case units(Base)
  }

  private var base: Base
  private let coins: CanaryCoins
  private var contribution: Contribution
  /// How long a canary's update is where nothing is clipped, one a model.
  private let unboundedNorms: [Double]

  public init(
    _ base: Base, coins: CanaryCoins, sending contribution: Contribution, unboundedNorms: [Double]
  ) {
    let count =
      switch contribution {
      case .elements(let places): Set(places).count
      case .directions(let directions): directions.count
      case .units(let source):
        coins.relation == .replaceOne ? source.population / 2 : source.population
      }
    precondition(count == coins.count, "one contribution a coin")
    self.base = base
    self.coins = coins
    self.contribution = contribution
    self.unboundedNorms = unboundedNorms
  }

  public var population: Int { base.population + coins.population }

  public var expectedWeight: Double { base.expectedWeight }

  public var canResume: Bool {
    if case .units(let source) = contribution { return base.canResume && source.canResume }
    return base.canResume
  }

  public mutating func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [UpdateOutcomes] {
    let realCount = base.population
    let split = cohort.firstIndex { $0 >= realCount } ?? cohort.endIndex
    let outcomes = base.addUpdates(
      of: Array(cohort[..<split]), round: round, keys: keys, to: models, workers: workers)
    let members = cohort[split...].map { coins.member($0 - realCount) }
    switch contribution {
    case .elements(let places):
      for (model, unboundedNorm) in zip(models, unboundedNorms) {
        let length = Self.length(for: model.sum.bound, unbounded: unboundedNorm)
        for (canary, factor) in members where Self.sends(factor, to: model.sum) {
          model.sum.add(
            clippingElement: Float(Double(factor) * length), at: places[canary],
            from: realCount + canary)
        }
      }
    case .directions(let directions):
      for (model, unboundedNorm) in zip(models, unboundedNorms) {
        let length = Self.length(for: model.sum.bound, unbounded: unboundedNorm)
        for (canary, factor) in members where Self.sends(factor, to: model.sum) {
          let direction = directions[canary]
          let scale = Float(Double(factor) * length / euclideanNorm(direction))
          model.sum.add(clipping: direction.map { scale * $0 }, from: realCount + canary)
        }
      }
    case .units(var source):
      let units = members.filter { $0.factor != 0 }
        .map { $0.factor < 0 ? coins.count + $0.canary : $0.canary }
      _ = source.addUpdates(
        of: units.sorted(), round: round, keys: keys.canaries, to: models, workers: workers)
      contribution = .units(source)
    }
    return outcomes
  }

  /// A contribution of zero changes nothing, unless it has noise of its own.
  private static func sends(_ factor: Int, to sum: ClippedSum) -> Bool {
    factor != 0 || sum.form != nil
  }

  /// So long that clipping scales it to the bound, whatever the rule.
  private static func length(for bound: ContributionBound, unbounded: Double) -> Double {
    switch bound {
    case .clipped(let clippingNorm, _): clippingNorm * 0x1p20
    case .unbounded: unbounded
    }
  }
}
