import Accounting
import ArgumentParser

/// The numbers that describe releases, by the names of their flags.
enum ReleaseParameter: String, CaseIterable, Hashable, ExpressibleByArgument {
  case noiseMultiplier = "noise-multiplier"
  case standardDeviation = "standard-deviation"
  case scale
  case sensitivity
  case noiseParameter = "noise-parameter"
  case bucketCount = "bucket-count"
  case samplingRate = "sampling-rate"
  case cohortSize = "cohort-size"
  case populationSize = "population-size"
  case rounds

  var isCount: Bool {
    switch self {
    case .noiseMultiplier, .standardDeviation, .scale, .noiseParameter, .samplingRate: false
    case .sensitivity, .bucketCount, .cohortSize, .populationSize, .rounds: true
    }
  }

  /// Counts are whole numbers within 2^53 of 0, which Double holds exactly. Whether a number is in
  /// its range is for the event to say.
  func number(_ text: String) throws -> Double {
    guard isCount else {
      guard let number = Double(text) else {
        throw ValidationError("\(rawValue) is \"\(text)\"; it must be a number")
      }
      return number
    }
    // Int first: Double would round what is beyond 2^53 into the range.
    let number = if let whole = Int(text) { Double(exactly: whole) } else { Double(text) }
    guard let number, number == number.rounded(), abs(number) <= Double(PrivacyEvent.largestCount)
    else {
      throw ValidationError(
        "\(rawValue) is \"\(text)\"; it must be a whole number, at most \(PrivacyEvent.largestCount)"
      )
    }
    return number
  }

  /// What ``Calibration`` calls it, where it can find it.
  var calibrated: CalibratedArgument? {
    CalibratedArgument(rawValue: rawValue.replacing("-", with: "_"))
  }
}

/// How a release is randomized.
enum MechanismName: String, CaseIterable, Hashable, ExpressibleByArgument {
  case gaussian
  case laplace
  case discreteGaussian = "discrete-gaussian"
  case discreteLaplace = "discrete-laplace"
  case randomizedResponse = "randomized-response"

  /// What says how much noise there is.
  var noise: ReleaseParameter {
    switch self {
    case .gaussian, .laplace: .noiseMultiplier
    case .discreteGaussian: .standardDeviation
    case .discreteLaplace: .scale
    case .randomizedResponse: .noiseParameter
    }
  }

  /// What else it needs.
  var shape: ReleaseParameter? {
    switch self {
    case .gaussian, .laplace: nil
    case .discreteGaussian, .discreteLaplace: .sensitivity
    case .randomizedResponse: .bucketCount
    }
  }
}
