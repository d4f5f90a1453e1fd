import Accounting
import ArgumentParser

/// Equal releases, one after another: a phase of a run, from flags or from the text of `--phase`.
struct ReleaseSettings: Equatable {
  var mechanism: MechanismName
  var numbers: [ReleaseParameter: Double]

  init(mechanism: MechanismName, numbers: [ReleaseParameter: Double]) {
    self.mechanism = mechanism
    self.numbers = numbers
  }

  /// Flags without their dashes, such as `noise-multiplier=1,sampling-rate=0.01,rounds=100`.
  init(phase: String) throws {
    mechanism = .gaussian
    numbers = [:]
    var names: Set<String> = []
    for part in phase.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        throw ValidationError("\"\(part)\" in a phase is not of the form name=value")
      }
      guard names.insert(sides[0]).inserted else {
        throw ValidationError("a phase has two values of \(sides[0])")
      }
      if sides[0] == "mechanism" {
        guard let name = MechanismName(rawValue: sides[1]) else {
          throw ValidationError(
            "mechanism is \"\(sides[1])\"; it must be one of "
              + MechanismName.allCases.map(\.rawValue).joined(separator: ", "))
        }
        mechanism = name
      } else if let parameter = ReleaseParameter(rawValue: sides[0]) {
        numbers[parameter] = try parameter.number(sides[1])
      } else {
        throw ValidationError(
          "\"\(sides[0])\" is nothing that a phase has; it has mechanism, "
            + ReleaseParameter.allCases.map(\.rawValue).joined(separator: ", "))
      }
    }
  }

  /// Whether `parameter` has a meaning here and no value. Who takes part is open until a rate or the
  /// size of cohorts is given.
  func leavesOpen(_ parameter: ReleaseParameter) -> Bool {
    guard numbers[parameter] == nil else { return false }
    return switch parameter {
    case .samplingRate: numbers[.cohortSize] == nil && numbers[.populationSize] == nil
    case .cohortSize: numbers[.samplingRate] == nil && numbers[.populationSize] != nil
    case .populationSize: numbers[.cohortSize] != nil
    default: uses(parameter)
    }
  }

  func event() throws -> PrivacyEvent { try event(varying: nil)(.nan) }

  /// The event as a function of `parameter`, where these settings leave it open; constant elsewhere.
  func event(varying parameter: ReleaseParameter?) throws -> (Double) -> PrivacyEvent {
    for given in numbers.keys.sorted(by: { $0.rawValue < $1.rawValue }) where !uses(given) {
      throw ValidationError("\(given.rawValue) is no number of \(mechanism.rawValue) releases.")
    }
    let release = try release(varying: parameter)
    let sampled = try sampling(varying: parameter)
    let rounds = try number(.rounds, varying: parameter)
    return { .repeated(sampled(release($0), $0), count: Int(rounds($0))) }
  }

  private typealias Number = (Double) -> Double

  private func number(
    _ parameter: ReleaseParameter, varying varied: ReleaseParameter?
  ) throws -> Number {
    if let number = numbers[parameter] { return { _ in number } }
    guard parameter == varied else {
      throw ValidationError("--\(parameter.rawValue) is missing.")
    }
    return { $0 }
  }

  private func release(varying varied: ReleaseParameter?) throws -> (Double) -> PrivacyEvent {
    let noise = try number(mechanism.noise, varying: varied)
    let shape = try mechanism.shape.map { try number($0, varying: varied) } ?? { _ in 0 }
    return switch mechanism {
    case .gaussian: { .gaussian(noiseMultiplier: noise($0)) }
    case .laplace: { .laplace(noiseMultiplier: noise($0)) }
    case .discreteGaussian:
      { .discreteGaussian(standardDeviation: noise($0), sensitivity: Int(shape($0))) }
    case .discreteLaplace: { .discreteLaplace(scale: noise($0), sensitivity: Int(shape($0))) }
    case .randomizedResponse:
      { .randomizedResponse(noiseParameter: noise($0), bucketCount: Int(shape($0))) }
    }
  }

  private func sampling(
    varying varied: ReleaseParameter?
  ) throws -> (PrivacyEvent, Double) -> PrivacyEvent {
    func isGiven(_ parameter: ReleaseParameter) -> Bool {
      numbers[parameter] != nil || parameter == varied && leavesOpen(parameter)
    }
    switch (isGiven(.samplingRate), isGiven(.cohortSize), isGiven(.populationSize)) {
    case (false, false, false):
      return { release, _ in release }
    case (true, false, false):
      let rate = try number(.samplingRate, varying: varied)
      return { .poissonSampled($0, samplingRate: rate($1)) }
    case (false, true, true):
      let cohortSize = try number(.cohortSize, varying: varied)
      let populationSize = try number(.populationSize, varying: varied)
      return {
        .sampledWithoutReplacement(
          $0, cohortSize: Int(cohortSize($1)), populationSize: Int(populationSize($1)))
      }
    case (true, _, _):
      throw ValidationError("--sampling-rate and --cohort-size exclude each other.")
    case (false, _, _):
      throw ValidationError("--cohort-size and --population-size go together.")
    }
  }

  private func uses(_ parameter: ReleaseParameter) -> Bool {
    switch parameter {
    case .samplingRate, .cohortSize, .populationSize, .rounds: true
    default: parameter == mechanism.noise || parameter == mechanism.shape
    }
  }
}
