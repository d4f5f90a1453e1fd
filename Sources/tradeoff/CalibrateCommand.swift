import Accounting
import ArgumentParser

struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Find the least noise, the most rounds or the highest rate that meets an epsilon.",
    discussion: """
      The answer meets the target itself. Rounds are exact; noise and rates lie within a relative 1e-6 \
      of the best. Releases are described as for `tradeoff epsilon`, without the number to find: it \
      holds for the flags and for every phase that leave it out. A file's events are taken as spent.

      Example: tradeoff calibrate --target-epsilon 2 --sampling-rate 0.1 --rounds 100 --delta 1e-5
      """)

  enum Sought: String, CaseIterable, ExpressibleByArgument {
    case noise
    case rounds
    case samplingRate = "sampling-rate"
  }

  @Option(parsing: .unconditional, help: "The epsilon to stay within.")
  var targetEpsilon: Double

  @Option(
    parsing: .unconditional, help: "The probability that epsilon does not cover, in (0, 1).")
  var delta: Double

  @Option(help: "What to find; noise is the mechanism's own number for it.")
  var find: Sought = .noise

  @OptionGroup var event: EventOptions
  @OptionGroup var terms: TermsOptions
  @OptionGroup var format: FormatOptions

  func run() async throws {
    try await reportingFailure {
      let releases = try event.releases()
      let parameter: ReleaseParameter =
        switch find {
        case .noise: try releases.openNoise()
        case .rounds: .rounds
        case .samplingRate: .samplingRate
        }
      guard let argument = parameter.calibrated else {
        throw ValidationError("\(parameter.rawValue) cannot be found.")
      }
      let event = try releases.event(varying: parameter)
      let relation = try terms.neighbors.relation(of: releases.recorded)
      let value = try Calibration.value(
        of: argument, targetEpsilon: targetEpsilon, delta: delta, accountant: terms.accountant,
        relation: relation, event: event)
      try format.print(
        Calibrated(
          parameter: parameter, value: value, targetEpsilon: targetEpsilon,
          guarantee: try PrivacyGuarantee(
            of: event(value), atDelta: delta, unit: try terms.neighbors.unit(of: releases.recorded),
            relation: relation, accountant: terms.accountant)))
    }
  }
}

/// The number that was found, and what it guarantees.
private struct Calibrated: CustomStringConvertible, Encodable {
  let parameter: ReleaseParameter
  let value: Double
  let targetEpsilon: Double
  let guarantee: PrivacyGuarantee

  var description: String {
    let text = parameter.isCount ? "\(Int(value))" : "\(value)"
    return "\(parameter.rawValue.replacing("-", with: " ")) \(text)\n\(guarantee)"
  }

  private enum CodingKeys: String, CodingKey {
    case found
    case value
    case targetEpsilon = "target_epsilon"
  }

  func encode(to encoder: any Encoder) throws {
    try guarantee.encode(to: encoder)
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(parameter.rawValue.replacing("-", with: "_"), forKey: .found)
    try fields.encode(value, forKey: .value)
    try fields.encode(targetEpsilon, forKey: .targetEpsilon)
  }
}
