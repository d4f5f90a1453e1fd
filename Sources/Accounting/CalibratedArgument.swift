import SpecialMath

/// What ``Calibration`` can find.
public enum CalibratedArgument: String, CaseIterable, Hashable, Sendable {
  /// Of Gaussian and Laplace noise; from 2^-20 to 2^40.
  case noiseMultiplier = "noise_multiplier"
  /// Of discrete Gaussian noise; from 2^-20 to 2^80.
  case standardDeviation = "standard_deviation"
  /// Of discrete Laplace noise; from 2^-20 to 2^80.
  case scale
  /// Of randomized response; from 2^-40 to 1.
  case noiseParameter = "noise_parameter"
  /// From 2^-60 to 1.
  case samplingRate = "sampling_rate"
  /// From 1 to 2^53.
  case rounds

  /// Whether a larger value costs more privacy, and not less.
  var costsMore: Bool {
    switch self {
    case .noiseMultiplier, .standardDeviation, .scale, .noiseParameter: false
    case .samplingRate, .rounds: true
    }
  }

  var range: ClosedRange<Double> {
    switch self {
    case .noiseMultiplier: 0x1p-20...0x1p40
    case .standardDeviation, .scale: 0x1p-20...0x1p80
    case .noiseParameter: 0x1p-40...1
    case .samplingRate: 0x1p-60...1
    case .rounds: 1...Double(PrivacyEvent.largestCount)
    }
  }

  /// Where searches begin. Every range holds 1.
  var start: Double { 1 }

  var grid: SearchGrid { self == .rounds ? .wholeNumbers : .millionths }

  /// Whether the costly end of the range is the most there is, and not just the end of the search.
  var endIsFree: Bool { self == .samplingRate }
}
