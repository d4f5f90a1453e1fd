import Accounting
public import ArgumentParser
public import Auditing
import Foundation
import Randomness
import Reporting
import Results
import Statistics

struct AuditMechanismCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mechanism",
    abstract: "Run a mechanism very often, attack it, and bound epsilon from below.",
    discussion: """
      Releases are described as for `tradeoff epsilon`, and drawn by the samplers that releases are made with. \
      The unit contributes the whole sensitivity in one direction whenever it is in the cohort, and nobody \
      else contributes; under replace-one its neighbor contributes the opposite. The adversary knows all but \
      whether the unit takes part, and scores each run by its likelihood ratio; the low bits of floating-point \
      noise, by which it can be told apart, are not looked at.

      clopper-pearson bounds the rates of both errors over --runs with the unit and as many without it, of \
      which one half chooses the threshold and the other is counted. gaussian-dp turns the same rates into a \
      bound for mechanisms that are known to be Gaussian. one-run lets --canaries units take part in one run \
      by fair coins, and counts how many coins the adversary guesses.

      With --target-epsilon or --noise, several numbers with commas between, the noise is left out and \
      varies.

      Example: tradeoff audit mechanism --rounds 1 --delta 1e-5 --target-epsilon 1,2,4,8 --seed 1 \
      --method clopper-pearson --method gaussian-dp --method one-run --plot audit
      """)

  @Option(help: "How runs become a bound; once for each method.")
  var method: [AuditMethod] = [.clopperPearson]

  @Option(
    parsing: .unconditional, help: "The probability that epsilon does not cover, in (0, 1).")
  var delta: Double

  @Option(
    parsing: .unconditional, help: "How often each bound is to be right, in (0, 1).")
  var confidence = 0.95

  @Option(
    parsing: .unconditional,
    help: """
      clopper-pearson, gaussian-dp: runs with the unit, and as many without it. (default: 100000)
      """)
  var runs: Int?

  @Option(
    parsing: .unconditional,
    help: "one-run: units that take part by a coin, each with a coordinate for itself.")
  var canaries = 10_000

  @Option(
    parsing: .unconditional,
    help: """
      one-run: how many coins are guessed, half of them as heads; of several numbers with commas between, \
      the bound is right for the best. (default: all, a third, a tenth and a thirtieth of the canaries)
      """)
  var guesses: NumberList?

  @Option(parsing: .unconditional, help: "one-run: runs whose guesses are pooled.")
  var pooledRuns = 1

  @Option(parsing: .unconditional, help: "The number that all noise, cohorts and coins come from.")
  var seed: Int

  @Option(
    parsing: .unconditional,
    help: "Calibrate the noise to each of these epsilons, with commas between.")
  var targetEpsilon: NumberList?

  @Option(
    parsing: .unconditional,
    help: "Values of the mechanism's own number for its noise, with commas between.")
  var noise: NumberList?

  @OptionGroup var event: EventOptions
  @OptionGroup var terms: TermsOptions

  @Option(parsing: .unconditional, help: "Processor threads. Changes no result.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var format: FormatOptions

  @Option(help: "The CSV file to write.", completion: .file())
  var output: String?

  @Option(
    help: "Draw FILE.svg and FILE.png, with the script that does it, by gnuplot.",
    completion: .file())
  var plot: String?

  func validate() throws {
    func check(_ value: Int, _ range: ClosedRange<Int>, _ flag: String) throws {
      guard range.contains(value) else {
        throw ValidationError(
          "\(flag) is \(value); it must be from \(range.lowerBound) to \(range.upperBound).")
      }
    }
    try check(runs ?? 4, 4...Self.most, "--runs")
    try check(canaries, 1...Self.most, "--canaries")
    try check(pooledRuns, 1...Self.most / canaries, "--pooled-runs")
    try check(threads, 1...1024, "--threads")
    for guesses in try guessCounts() { try check(guesses, 1...canaries, "--guesses") }
    _ = try level()
    guard delta > 0, delta < 1 else {
      throw ValidationError(
        "--delta is \(delta); it must be a number greater than 0 and less than 1.")
    }
    guard targetEpsilon == nil || noise == nil else {
      throw ValidationError("--target-epsilon and --noise exclude each other.")
    }
    guard Set(method).count == method.count else {
      throw ValidationError("--method names the same method twice.")
    }
    guard plot == nil || targetEpsilon != nil || noise != nil else {
      throw ValidationError("--plot needs several values: give --target-epsilon or --noise.")
    }
    guard seed >= 0 else { throw ValidationError("--seed is \(seed); it must be 0 or greater.") }
  }

  func run() async throws {
    try await reportingFailure {
      if plot != nil, !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
      let settings = try settings()
      let progress = ProgressLine(total: settings.count, noun: "setting")
      var rows: [MechanismAuditRow] = []
      for (index, setting) in settings.enumerated() {
        rows += try await audit(
          setting, key: StreamKey(seed: UInt64(seed)).child(.trial, UInt64(index)))
        progress.advance()
      }
      progress.end()
      if let output {
        do {
          try MechanismAuditRow.csv(rows).write(to: URL(filePath: output), options: .atomic)
        } catch {
          throw ReportingError.cannotWrite(path: output, reason: error.localizedDescription)
        }
      }
      if let plot { try draw(rows, to: plot) }
      try StandardOutput.write(
        format.json
          ? try CanonicalJSON.document(rows) : Data("\(MechanismAuditTable(rows))\n".utf8))
    }
  }

  /// One event to audit, and how it came to have its noise.
  private struct Setting {
    var noise: (parameter: String, value: Double)?
    var targetEpsilon: Double?
    let event: PrivacyEvent
    let guarantee: PrivacyGuarantee
  }

  private func settings() throws -> [Setting] {
    let releases = try event.releases()
    let relation = try terms.neighbors.relation(of: releases.recorded)
    let unit = try terms.neighbors.unit(of: releases.recorded)
    func guarantee(_ event: PrivacyEvent) throws -> PrivacyGuarantee {
      try PrivacyGuarantee(
        of: event, atDelta: delta, unit: unit, relation: relation, accountant: terms.accountant)
    }
    guard let values = targetEpsilon ?? noise else {
      let event = try releases.event()
      return [Setting(event: event, guarantee: try guarantee(event))]
    }
    let parameter = try releases.openNoise()
    let event = try releases.event(varying: parameter)
    let key = parameter.rawValue.replacing("-", with: "_")
    return try values.numbers.map { number in
      guard targetEpsilon != nil, let argument = parameter.calibrated else {
        return Setting(
          noise: (key, number), event: event(number), guarantee: try guarantee(event(number)))
      }
      let value = try Calibration.value(
        of: argument, targetEpsilon: number, delta: delta, accountant: terms.accountant,
        relation: relation, event: event)
      return Setting(
        noise: (key, value), targetEpsilon: number, event: event(value),
        guarantee: try guarantee(event(value)))
    }
  }

  private func audit(_ setting: Setting, key: StreamKey) async throws -> [MechanismAuditRow] {
    let audits = try await MechanismAudit.all(
      method, of: setting.event, relation: setting.guarantee.relation, delta: delta,
      confidence: level(),
      effort: .init(
        runs: runs ?? 100_000, canaries: canaries, guesses: guessCounts(), pooledRuns: pooledRuns),
      key: key, threads: threads)
    return audits.map { audit in
      MechanismAuditRow(
        noise: setting.noise, targetEpsilon: setting.targetEpsilon, method: audit.method.rawValue,
        auditedEpsilon: audit.epsilonLowerBound, guarantee: setting.guarantee,
        confidence: confidence, seed: seed, evidence: .init(audit.evidence))
    }
  }

  private func draw(_ rows: [MechanismAuditRow], to path: String) throws {
    guard let plot = MechanismAuditPlot(rows) else {
      throw ValidationError("There is nothing to draw: fewer than two finite epsilons.")
    }
    try plot.write(to: path)
    printToStandardError("plot: \(path).svg and .png")
  }

  private func level() throws -> Confidence {
    guard let level = Confidence(confidence) else {
      throw ValidationError(
        "--confidence is \(confidence); it must be greater than 0 and less than 1.")
    }
    return level
  }

  private func guessCounts() throws -> [Int] {
    guard let guesses else {
      return Set([1, 3, 10, 30].map { max(1, canaries / $0) }).sorted()
    }
    return try guesses.numbers.map { number in
      guard let count = Int(exactly: number) else {
        throw ValidationError("--guesses has \(number); it must be a whole number.")
      }
      return count
    }
  }

  /// Runs, or canaries, of which every score is held in memory.
  private static let most = 10_000_000
}

/// Numbers with commas between.
struct NumberList: ExpressibleByArgument {
  let numbers: [Double]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0) }
    guard !numbers.isEmpty, numbers.count == parts.count else { return nil }
    self.numbers = numbers
  }
}

extension AuditMethod: ExpressibleByArgument {}

extension MechanismAuditRow.Evidence {
  fileprivate init(_ evidence: MechanismAudit.Evidence) {
    switch evidence {
    case .manyRuns(let audit):
      self.init(
        runs: audit.withCount, falseAlarms: audit.falseAlarmCount, misses: audit.missCount)
    case .guesses(let audit):
      self.init(
        canaries: audit.canaryCount, guesses: audit.guessCount, correct: audit.correctCount)
    }
  }
}
