import Accounting
import ArgumentParser
import Foundation
import Reporting
import Results

struct CurveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curve",
    abstract: "Price a run at many values of one number, as CSV.",
    discussion: """
      Releases are described as for `tradeoff epsilon`, without the number that --over names: it varies \
      in the flags and in every phase that leave it out.

      Example: tradeoff curve --over rounds --from 1 --to 10000 --points 100 --noise-multiplier 4 \
      --sampling-rate 0.01 --delta 1e-5
      """)

  @Option(help: "What varies.")
  var over: CurveAxis

  @Option(parsing: .unconditional, help: "Its first value.")
  var from: String

  @Option(parsing: .unconditional, help: "Its last value.")
  var to: String

  @Option(parsing: .unconditional, help: "How many values, from 2 to 1000000.")
  var points: Int = 100

  @Flag(help: "Space the values by equal factors.")
  var log = false

  @Option(
    parsing: .unconditional,
    help: "The probability that epsilon does not cover, in (0, 1); not with --over delta.")
  var delta: Double?

  @OptionGroup var event: EventOptions
  @OptionGroup var terms: TermsOptions

  @Flag(help: "Write JSON, a list of objects.")
  var json = false

  @Option(help: "The file to write. (default: standard output)", completion: .file())
  var output: String?

  @Option(
    help: "Draw FILE.svg and FILE.png, with the script that does it, by gnuplot.",
    completion: .file())
  var plot: String?

  func validate() throws {
    guard (2...1_000_000).contains(points) else {
      throw ValidationError("--points is \(points); it must be from 2 to 1000000.")
    }
    guard (delta == nil) == (over == .delta) else {
      throw ValidationError(
        over == .delta ? "--delta is what the curve runs over." : "--delta is missing.")
    }
  }

  func run() async throws {
    try await reportingFailure {
      if plot != nil, !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
      let values = try over.values(from: from, to: to, count: points, isLogarithmic: log)
      let curve = try priced(at: values)
      try write(curve)
      if let plot { try draw(curve, to: plot) }
    }
  }

  private func priced(at values: [Double]) throws -> [CurvePoint] {
    let progress = ProgressLine(total: values.count, noun: "point")
    defer { progress.end() }
    let releases = try event.releases()
    let relation = try terms.neighbors.relation(of: releases.recorded)
    let unit = try terms.neighbors.unit(of: releases.recorded)
    func points(_ guarantee: (Double) throws -> PrivacyGuarantee) rethrows -> [CurvePoint] {
      try values.map { value in
        defer { progress.advance() }
        return CurvePoint(axis: over, value: value, guarantee: try guarantee(value))
      }
    }
    switch (over, delta) {
    case (.release(.rounds), let delta?) where terms.accountant == .pld:
      let events = try values.map(releases.event(varying: .rounds))
      let bounds = try PrivacyLossAccountant.epsilons(
        of: events, atDelta: delta, relation: relation, progress: progress.advance)
      return try zip(values, zip(events, bounds)).map { value, priced in
        CurvePoint(
          axis: over, value: value,
          guarantee: try PrivacyGuarantee(
            epsilon: priced.1, atDelta: delta, unit: unit, relation: relation,
            sampling: priced.0.samplingScheme, accountant: .pld))
      }
    case (.release(let parameter), let delta?):
      let event = try releases.event(varying: parameter)
      return try points {
        try PrivacyGuarantee(
          of: event($0), atDelta: delta, unit: unit, relation: relation,
          accountant: terms.accountant)
      }
    case (.delta, _), (_, nil):
      let event = try releases.event()
      var spent = terms.accountant.makeAccountant(relation: relation)
      try spent.compose(event)
      return try points {
        try PrivacyGuarantee(
          .epsilon(atDelta: $0), of: spent, unit: unit, sampling: event.samplingScheme)
      }
    }
  }

  private func write(_ curve: [CurvePoint]) throws {
    let data =
      json
      ? try CanonicalJSON.document(curve)
      : CurveRow.csv(
        curve.map { CurveRow(parameter: over.key, value: $0.value, guarantee: $0.guarantee) })
    guard let output else {
      try StandardOutput.write(data)
      return
    }
    do {
      try data.write(to: URL(filePath: output), options: .atomic)
    } catch {
      throw ReportingError.cannotWrite(path: output, reason: error.localizedDescription)
    }
  }

  private func draw(_ curve: [CurvePoint], to path: String) throws {
    let guarantee = curve[0].guarantee
    let caption =
      "\(guarantee.unit.rawValue) level, \(guarantee.relation.rawValue), "
      + "\(guarantee.sampling.rawValue), \(guarantee.accountant.rawValue) accountant"
    let name = over.name.replacing("-", with: " ")
    let plot = BandPlot(
      curve.map {
        .init(x: $0.value, lower: $0.guarantee.epsilon.lower, upper: $0.guarantee.epsilon.upper)
      },
      x: .init(name.prefix(1).uppercased() + name.dropFirst(), isLogarithmic: log),
      y: .epsilon(atDelta: delta), caption: caption)
    guard let plot else {
      throw ValidationError("There is nothing to draw: fewer than two finite epsilons.")
    }
    try plot.write(to: path)
    printToStandardError("plot: \(path).svg and .png")
  }
}

/// One value and what it guarantees.
private struct CurvePoint: Encodable {
  let axis: CurveAxis
  let value: Double
  let guarantee: PrivacyGuarantee

  private enum CodingKeys: String, CodingKey {
    case parameter
    case value
  }

  func encode(to encoder: any Encoder) throws {
    try guarantee.encode(to: encoder)
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(axis.key, forKey: .parameter)
    try fields.encode(value, forKey: .value)
  }
}
