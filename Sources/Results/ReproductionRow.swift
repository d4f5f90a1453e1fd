internal import Accounting

/// One row of `reproduction.csv`: a published result, and ours beside it.
public struct ReproductionRow: Hashable, Sendable {
  public let published: PublishedRow
  public let accuracyMean: Double
  /// Two-sided 95 % Student interval of the mean over replicates; nil for a single one.
  public let accuracyLower: Double?
  public let accuracyUpper: Double?
  /// Replicates.
  public let n: Int
  /// Ours less theirs, as a share of all examples.
  public let difference: Double
  /// That of the paper, where it is known: ours are priced at it.
  public let delta: Double
  public let prices: ReproductionPrices
  /// 0 without noise.
  public let noiseMultiplier: Double
  /// Of all replicates together.
  public let seconds: Double
}

extension ReproductionRow {
  /// Sets a published result beside the setting of a finished run that reproduces it.
  ///
  /// - Parameter location: of the published row, for errors.
  public init(
    _ published: PublishedRow, files: RunFiles, timings: [TimingRow], location: String
  ) throws {
    let rows = try files.tradeoffRows()
    guard let ours = rows.first(where: { $0.sweep == published.setting }) else {
      throw ReproductionError.settingMissing(
        location: location, setting: published.setting, experiment: published.experiment ?? "",
        known: rows.map(\.sweep))
    }
    let claim = ours.claim
    guard claim.privacyUnit == published.privacyUnit else {
      throw ReproductionError.otherUnit(
        location: location, published: published.privacyUnit.rawValue,
        ours: claim.privacyUnit.rawValue)
    }
    let trials = Set(
      try files.trialRows().filter { $0.setting == ours.setting }.map(\.trial))
    self.published = published
    accuracyMean = ours.accuracyMean
    accuracyLower = ours.accuracyLower
    accuracyUpper = ours.accuracyUpper
    n = ours.n
    difference = ours.accuracyMean - published.accuracy
    delta = published.delta ?? claim.delta
    noiseMultiplier = claim.noiseMultiplier
    seconds = timings.filter { trials.contains($0.trial) }.reduce(0) { $0 + $1.seconds }
    guard let ledger = try files.ledgerRows().first(where: { trials.contains($0.trial) }) else {
      throw ResultsError.unreadable(
        file: "ledgers.jsonl", reason: "no trial of \"\(ours.sweep)\" has a ledger")
    }
    prices = ReproductionPrices(
      of: ledger.events.event, atDelta: delta, relation: claim.neighboringRelation)
  }
}

/// Upper bounds on one epsilon by the accountants of published tables; nil where one has no theorem for
/// what was released.
public struct ReproductionPrices: Hashable, Sendable {
  public let classicRDP: Double?
  public let rdp: Double?
  public let pld: Double?

  init(of event: PrivacyEvent, atDelta delta: Double, relation: NeighboringRelation) {
    func price(_ kind: AccountantKind) -> Double? {
      var spent = kind.makeAccountant(relation: relation)
      do {
        try spent.compose(event)
        return try spent.epsilonUpperBound(atDelta: delta)
      } catch {
        return nil
      }
    }
    classicRDP = price(.rdpClassic)
    rdp = price(.rdp)
    pld = price(.pld)
  }
}

extension ReproductionRow: CSVRow {
  static let header =
    PublishedRow.header + [
      "our_accuracy_mean", "our_accuracy_lower", "our_accuracy_upper", "our_n", "difference",
      "our_delta", "our_epsilon_upper_rdp_classic", "our_epsilon_upper_rdp",
      "our_epsilon_upper_pld", "our_noise_multiplier", "seconds",
    ]

  var cells: [any CSVCell] {
    published.cells + [
      accuracyMean, accuracyLower, accuracyUpper, n, difference, delta, prices.classicRDP,
      prices.rdp, prices.pld, noiseMultiplier, seconds,
    ]
  }

  init(_ row: CSVFields) throws(ResultsError) {
    published = try PublishedRow(row)
    accuracyMean = try row.double("our_accuracy_mean")
    accuracyLower = try row.optionalDouble("our_accuracy_lower")
    accuracyUpper = try row.optionalDouble("our_accuracy_upper")
    n = try row.int("our_n")
    difference = try row.double("difference")
    delta = try row.double("our_delta")
    prices = try ReproductionPrices(row)
    noiseMultiplier = try row.double("our_noise_multiplier")
    seconds = try row.double("seconds")
  }
}

extension ReproductionPrices {
  fileprivate init(_ row: CSVFields) throws(ResultsError) {
    classicRDP = try row.optionalDouble("our_epsilon_upper_rdp_classic")
    rdp = try row.optionalDouble("our_epsilon_upper_rdp")
    pld = try row.optionalDouble("our_epsilon_upper_pld")
  }
}
