public import Accounting
public import Foundation

/// What an audit of a simulated mechanism proves, beside what an accountant does.
public struct MechanismAuditRow: Hashable, Sendable {
  /// What says how much noise there is, such as `noise_multiplier`; nil where nothing varies.
  public let parameter: String?
  public let value: Double?
  /// The epsilon that `value` was calibrated to; nil where it was given.
  public let targetEpsilon: Double?
  /// Such as `clopper-pearson`.
  public let method: String
  /// The audit's lower bound on epsilon, right with probability `confidence`.
  public let auditedEpsilon: Double
  /// The accountant's bounds.
  public let epsilonLower: Double
  public let epsilonUpper: Double
  public let delta: Double
  public let privacyUnit: String
  public let neighboringRelation: String
  public let sampling: String
  public let accountant: String
  public let confidence: Double
  public let seed: Int
  public let evidence: Evidence

  /// What the bound rests on; of two kinds, of which the other is nil throughout.
  public struct Evidence: Hashable, Sendable {
    /// Runs of each kind that the threshold was not chosen by.
    public let runs: Int?
    public let falseAlarms: Int?
    public let misses: Int?
    public let canaries: Int?
    public let guesses: Int?
    public let correct: Int?

    public init(runs: Int, falseAlarms: Int, misses: Int) {
      (self.runs, self.falseAlarms, self.misses) = (runs, falseAlarms, misses)
      (canaries, guesses, correct) = (nil, nil, nil)
    }

    public init(canaries: Int, guesses: Int, correct: Int) {
      (self.canaries, self.guesses, self.correct) = (canaries, guesses, correct)
      (runs, falseAlarms, misses) = (nil, nil, nil)
    }
  }

  /// - Parameter guarantee: an epsilon at a delta.
  public init(
    noise: (parameter: String, value: Double)?, targetEpsilon: Double?, method: String,
    auditedEpsilon: Double, guarantee: PrivacyGuarantee, confidence: Double, seed: Int,
    evidence: Evidence
  ) {
    parameter = noise?.parameter
    value = noise?.value
    self.targetEpsilon = targetEpsilon
    self.method = method
    self.auditedEpsilon = auditedEpsilon
    epsilonLower = guarantee.epsilon.lower
    epsilonUpper = guarantee.epsilon.upper
    delta = guarantee.delta.upper
    privacyUnit = guarantee.unit.rawValue
    neighboringRelation = guarantee.relation.rawValue
    sampling = guarantee.sampling.rawValue
    accountant = guarantee.accountant.rawValue
    self.confidence = confidence
    self.seed = seed
    self.evidence = evidence
  }

  /// Whether the audit proves that the accountant is wrong, or the mechanism is not the one that it priced.
  public var isRefuted: Bool { auditedEpsilon > epsilonUpper }

  /// A CSV file with a header.
  public static func csv(_ rows: [MechanismAuditRow]) -> Data { CSV.encode(rows) }
}

extension MechanismAuditRow: CSVRow {
  static let header = [
    "parameter", "value", "target_epsilon", "method", "audited_epsilon", "epsilon_lower",
    "epsilon_upper", "delta", "privacy_unit", "neighboring_relation", "sampling", "accountant",
    "confidence", "seed", "runs", "false_alarms", "misses", "canaries", "guesses", "correct",
  ]

  var cells: [any CSVCell] {
    [
      parameter, value, targetEpsilon, method, auditedEpsilon, epsilonLower, epsilonUpper, delta,
      privacyUnit, neighboringRelation, sampling, accountant, confidence, seed, evidence.runs,
      evidence.falseAlarms, evidence.misses, evidence.canaries, evidence.guesses, evidence.correct,
    ]
  }

  init(_ row: CSVFields) throws(ResultsError) {
    parameter = row.optionalText("parameter")
    value = try row.optionalDouble("value")
    targetEpsilon = try row.optionalDouble("target_epsilon")
    method = try row.requiredText("method")
    auditedEpsilon = try row.double("audited_epsilon")
    epsilonLower = try row.double("epsilon_lower")
    epsilonUpper = try row.double("epsilon_upper")
    delta = try row.double("delta")
    privacyUnit = row.text("privacy_unit")
    neighboringRelation = row.text("neighboring_relation")
    sampling = row.text("sampling")
    accountant = row.text("accountant")
    confidence = try row.double("confidence")
    seed = try row.int("seed")
    evidence =
      row.text("runs").isEmpty
      ? Evidence(
        canaries: try row.int("canaries"), guesses: try row.int("guesses"),
        correct: try row.int("correct"))
      : Evidence(
        runs: try row.int("runs"), falseAlarms: try row.int("false_alarms"),
        misses: try row.int("misses"))
  }

  public static func read(
    _ data: Data, file: String
  ) throws(ResultsError) -> [MechanismAuditRow] {
    try CSV.decode(MechanismAuditRow.self, from: data, file: file)
  }
}

/// An object with the columns of the CSV file, and only those that have a value.
extension MechanismAuditRow: Encodable {
  private struct Column: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Column.self)
    for (name, cell) in zip(Self.header, cells) {
      switch cell {
      case let text as String: try fields.encode(text, forKey: Column(name))
      case let count as Int: try fields.encode(count, forKey: Column(name))
      case let number as Double where number.isFinite:
        try fields.encode(number, forKey: Column(name))
      case is Double: try fields.encode("infinity", forKey: Column(name))
      default: break
      }
    }
  }
}
