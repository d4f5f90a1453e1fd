import Accounting
import ArgumentParser
import Foundation
import Reporting
import Results

struct AttackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attack",
    abstract: "Show what the best attack on a unit's presence can achieve: the trade-off function.",
    discussion: """
      Releases are described as for `tradeoff epsilon`. The trade-off function says how often an \
      attack must miss (beta) that raises false alarms with probability alpha; --output writes it as \
      CSV, --plot draws it. The advantage is the most by which an attack's true alarms can exceed its \
      false ones. The Bayes risk is the least chance that a guess is wrong, if the unit took part \
      with the probability --prior.

      Example: tradeoff attack --noise-multiplier 4 --sampling-rate 0.01 --rounds 10000
      """)

  @Option(
    parsing: .unconditional, help: "The probability that the unit took part, in (0, 1).")
  var prior: Double = 0.5

  @Option(parsing: .unconditional, help: "How many alphas, from 2 to 100000.")
  var points: Int = 201

  @OptionGroup var event: EventOptions
  @OptionGroup var terms: TermsOptions

  @Flag(help: "Write JSON, with the trade-off function.")
  var json = false

  @Option(help: "The CSV file of the trade-off function to write.", completion: .file())
  var output: String?

  @Option(
    help: "Draw FILE.svg and FILE.png, with the script that does it, by gnuplot.",
    completion: .file())
  var plot: String?

  func validate() throws {
    guard (2...100_000).contains(points) else {
      throw ValidationError("--points is \(points); it must be from 2 to 100000.")
    }
  }

  func run() async throws {
    try await reportingFailure {
      if plot != nil, !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
      let attack = try answer()
      if let output {
        do {
          try AttackRow.csv(attack.rows).write(to: URL(filePath: output), options: .atomic)
        } catch {
          throw ReportingError.cannotWrite(path: output, reason: error.localizedDescription)
        }
      }
      if let plot { try draw(attack, to: plot) }
      if json {
        try StandardOutput.write(CanonicalJSON.document(attack))
      } else {
        print(attack.summary)
      }
    }
  }

  private func answer() throws -> Attack {
    let releases = try event.releases()
    let relation = try terms.neighbors.relation(of: releases.recorded)
    let unit = try terms.neighbors.unit(of: releases.recorded)
    let event = try releases.event()
    var spent = TradeoffFunction.makeAccountant(terms.accountant, relation: relation)
    try spent.compose(event)

    let count = 96
    let progress = ProgressLine(total: count, noun: "slope")
    defer { progress.end() }
    let function = try TradeoffFunction(of: spent, count: count, progress: progress.advance)
    let rows = try (0..<points).map { index in
      let alpha = Double(index) / Double(points - 1)
      return AttackRow(
        alpha: alpha, beta: try function.beta(atAlpha: alpha), unit: unit, relation: relation,
        sampling: event.samplingScheme, accountant: terms.accountant)
    }
    return Attack(
      prior: prior, advantage: function.advantage,
      bayesRisk: try TradeoffFunction.bayesRisk(prior: prior, of: spent), rows: rows)
  }

  private func draw(_ attack: Attack, to path: String) throws {
    let plot = BandPlot(
      attack.rows.map { .init(x: $0.alpha, lower: $0.betaLower, upper: $0.betaUpper) },
      x: .init("False alarms α"), y: .init("Misses β"), caption: attack.terms,
      reference: .init("blind guessing", [(0, 1), (1, 0)]))
    guard let plot else { throw ValidationError("There is nothing to draw.") }
    try plot.write(to: path)
    printToStandardError("plot: \(path).svg and .png")
  }
}

/// What an attack can achieve.
private struct Attack: Encodable {
  let prior: Double
  let advantage: PrivacyBound
  let bayesRisk: PrivacyBound
  let rows: [AttackRow]

  var terms: String {
    let row = rows[0]
    return "\(row.privacyUnit) level, \(row.neighboringRelation), \(row.sampling), "
      + "\(row.accountant) accountant"
  }

  var summary: String {
    """
    advantage at most \(OutwardDecimal.text(advantage.upper, rounded: .up)), \
    at least \(OutwardDecimal.text(advantage.lower, rounded: .down))
    Bayes risk at least \(OutwardDecimal.text(bayesRisk.lower, rounded: .down)), \
    at most \(OutwardDecimal.text(bayesRisk.upper, rounded: .up)), at prior \(prior)
    \(terms)
    """
  }

  private enum CodingKeys: String, CodingKey {
    case prior
    case advantageLower = "advantage_lower"
    case advantageUpper = "advantage_upper"
    case bayesRiskLower = "bayes_risk_lower"
    case bayesRiskUpper = "bayes_risk_upper"
    case privacyUnit = "privacy_unit"
    case neighboringRelation = "neighboring_relation"
    case sampling
    case accountant
    case alpha
    case betaLower = "beta_lower"
    case betaUpper = "beta_upper"
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(prior, forKey: .prior)
    try fields.encode(advantage.lower, forKey: .advantageLower)
    try fields.encode(advantage.upper, forKey: .advantageUpper)
    try fields.encode(bayesRisk.lower, forKey: .bayesRiskLower)
    try fields.encode(bayesRisk.upper, forKey: .bayesRiskUpper)
    try fields.encode(rows[0].privacyUnit, forKey: .privacyUnit)
    try fields.encode(rows[0].neighboringRelation, forKey: .neighboringRelation)
    try fields.encode(rows[0].sampling, forKey: .sampling)
    try fields.encode(rows[0].accountant, forKey: .accountant)
    try fields.encode(rows.map(\.alpha), forKey: .alpha)
    try fields.encode(rows.map(\.betaLower), forKey: .betaLower)
    try fields.encode(rows.map(\.betaUpper), forKey: .betaUpper)
  }
}
