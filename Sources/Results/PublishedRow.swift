public import Accounting

/// What a paper reports of one setting: an accuracy, and the epsilon that it was reached at.
///
/// An epsilon says little without the accountant that counted it: for the same noise those of 2020 say
/// a quarter more than those of today.
public struct PublishedRow: Hashable, Sendable {
  /// How the number is known.
  public enum Confidence: String, CaseIterable, Hashable, Sendable {
    /// Read in the paper, or in its authors' own repository.
    case readInPaper = "read-in-paper"
    /// As another text reports it.
    case thirdParty = "third-party"
    /// From memory: to be looked up before it is passed on.
    case recalled
    /// In no paper: measured with another program.
    case measured
  }

  /// What stands behind the plus-minus sign.
  public enum SpreadKind: String, CaseIterable, Hashable, Sendable {
    case standardDeviation = "standard-deviation"
    /// Half of a 95 % confidence interval.
    case confidence95 = "confidence-95"
    case unstated
  }

  /// Lower-case words joined by hyphens.
  public let id: String
  /// Authors, title, venue and year.
  public let paper: String
  /// Where in it, such as `Table 1`.
  public let place: String
  /// Its address or DOI.
  public let source: String
  public let dataset: String
  public let method: String
  public let privacyUnit: PrivacyUnit
  /// Infinite without privacy.
  public let epsilon: Double
  /// nil where it is not known.
  public let delta: Double?
  /// The one that `epsilon` is by; nil where it is not known.
  public let accountant: AccountantKind?
  /// From 0 to 1.
  public let accuracy: Double
  /// In percentage points, as printed; nil where nothing is printed.
  public let spreadPoints: Double?
  public let spreadKind: SpreadKind?
  public let confidence: Confidence
  /// What must be said with the number; empty where there is nothing.
  public let caution: String
  /// The name of the experiment that reproduces it; nil where there is none.
  public let experiment: String?
  /// Which of the experiment's settings: its `sweep` in `tradeoff.csv`.
  public let setting: String
}

extension PublishedRow: CSVRow {
  static let header = [
    "id", "paper", "place", "source", "dataset", "method", "privacy_unit", "epsilon", "delta",
    "accountant", "accuracy", "spread_points", "spread_kind", "confidence", "caution", "experiment",
    "setting",
  ]

  var cells: [any CSVCell] {
    [
      id, paper, place, source, dataset, method, privacyUnit.rawValue, epsilon, delta,
      accountant?.rawValue, accuracy, spreadPoints, spreadKind?.rawValue, confidence.rawValue,
      caution, experiment, setting,
    ]
  }

  init(_ row: CSVFields) throws(ResultsError) {
    let name = /[a-z0-9]+(-[a-z0-9]+)*/
    id = row.text("id")
    try row.check(id.wholeMatch(of: name) != nil, "id", "lower-case words joined by hyphens")
    paper = try row.requiredText("paper")
    place = try row.requiredText("place")
    source = try row.requiredText("source")
    dataset = try row.requiredText("dataset")
    method = try row.requiredText("method")
    privacyUnit = try row.choice("privacy_unit")
    epsilon = try row.double("epsilon")
    try row.check(epsilon > 0, "epsilon", "greater than 0, and inf without privacy")
    delta = try row.optionalDouble("delta")
    try row.check(
      delta.map { $0 > 0 && $0 < 1 } ?? true, "delta", "greater than 0 and less than 1, or empty")
    accountant = try row.optionalChoice("accountant")
    accuracy = try row.double("accuracy")
    try row.check((0...1).contains(accuracy), "accuracy", "from 0 to 1")
    spreadPoints = try row.optionalDouble("spread_points")
    try row.check(
      spreadPoints.map { (0...100).contains($0) } ?? true, "spread_points",
      "from 0 to 100, or empty")
    spreadKind = try row.optionalChoice("spread_kind")
    try row.check(
      (spreadKind == nil) == (spreadPoints == nil), "spread_kind",
      "empty where spread_points is, and nowhere else")
    confidence = try row.choice("confidence")
    caution = row.text("caution")
    experiment = row.optionalText("experiment")
    try row.check(
      experiment.map { $0.wholeMatch(of: name) != nil } ?? true, "experiment",
      "lower-case words joined by hyphens, or empty")
    setting = row.text("setting")
    try row.check(
      setting.isEmpty || experiment != nil, "setting", "empty where experiment is")
  }
}
