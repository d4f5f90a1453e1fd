public import Accounting

/// The one row of `selection.csv`: what a private choice publishes, and what that costs.
public struct SelectionRow: Hashable, Sendable {
  /// nil, like the next two, where there was no run to choose from.
  public let setting: Int?
  /// The chosen setting's swept values.
  public let sweep: String?
  /// Of the chosen run: validation examples that its model gets right, and noise.
  public let noisedScore: Double?
  /// The standard deviation of that noise, over the 1 by which an example can change the number.
  public let scoreNoiseMultiplier: Double
  /// The law of how many runs there are, such as `poisson(mean=10.0)`.
  public let repetitions: String
  public let claim: Claim

  /// What the choice and the chosen run cost together.
  public struct Claim: Hashable, Sendable {
    public let epsilonLower: Double
    public let epsilonUpper: Double
    public let delta: Double
    public let privacyUnit: PrivacyUnit
    public let neighboringRelation: NeighboringRelation
    public let sampling: String
    public let accountant: AccountantKind

    public init(
      epsilonLower: Double, epsilonUpper: Double, delta: Double, privacyUnit: PrivacyUnit,
      neighboringRelation: NeighboringRelation, sampling: String, accountant: AccountantKind
    ) {
      self.epsilonLower = epsilonLower
      self.epsilonUpper = epsilonUpper
      self.delta = delta
      self.privacyUnit = privacyUnit
      self.neighboringRelation = neighboringRelation
      self.sampling = sampling
      self.accountant = accountant
    }
  }

  public init(
    setting: Int?, sweep: String?, noisedScore: Double?, scoreNoiseMultiplier: Double,
    repetitions: String, claim: Claim
  ) {
    self.setting = setting
    self.sweep = sweep
    self.noisedScore = noisedScore
    self.scoreNoiseMultiplier = scoreNoiseMultiplier
    self.repetitions = repetitions
    self.claim = claim
  }
}

extension SelectionRow: CSVRow {
  static let header = [
    "setting", "sweep", "noised_score", "score_noise_multiplier", "repetitions", "epsilon_lower",
    "epsilon_upper", "delta", "privacy_unit", "neighboring_relation", "sampling", "accountant",
  ]

  var cells: [any CSVCell] {
    [
      setting, sweep, noisedScore, scoreNoiseMultiplier, repetitions, claim.epsilonLower,
      claim.epsilonUpper, claim.delta, claim.privacyUnit.rawValue,
      claim.neighboringRelation.rawValue, claim.sampling, claim.accountant.rawValue,
    ]
  }

  init(_ row: CSVFields) throws(ResultsError) {
    noisedScore = try row.optionalDouble("noised_score")
    setting = try noisedScore.map { _ throws(ResultsError) in try row.int("setting") }
    sweep = noisedScore.map { _ in row.text("sweep") }
    scoreNoiseMultiplier = try row.double("score_noise_multiplier")
    repetitions = row.text("repetitions")
    claim = Claim(
      epsilonLower: try row.double("epsilon_lower"), epsilonUpper: try row.double("epsilon_upper"),
      delta: try row.double("delta"), privacyUnit: try row.choice("privacy_unit"),
      neighboringRelation: try row.choice("neighboring_relation"), sampling: row.text("sampling"),
      accountant: try row.choice("accountant"))
  }
}
