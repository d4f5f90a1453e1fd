/// Which numbers a key takes. Infinities and not-a-number lie in none of them.
enum NumberInterval: CustomStringConvertible {
  case finite
  case positive
  /// What ``GaussianMechanism`` can clip to exactly.
  case clippingNorm
  /// Wide enough for any experiment; the noise itself stays far from under- and overflow.
  case noiseMultiplier
  /// 0 < x < 1
  case openUnit
  /// 0 < x <= 1
  case rate
  /// 0 <= x < 1
  case momentum
  /// 0 <= x <= 1
  case fraction
  case notNegative
  /// So many times the cohort.
  case overSelection
  /// 0 < x <= limit
  case upTo(Int)
  /// A positive factor that stays far from the ends of Float, as does its square.
  case floatFactor
  /// Of a grid's step over the clipping norm: within what ``GridEncoding`` can encode.
  case granularity
  /// The same with a sign, and 0.
  case floatOffset
  /// Of the truncated negative binomial law: with lower ones a search may have no end.
  case repetitionShape
  /// Of the number of runs.
  case repetitionMean

  func contains(_ value: Double) -> Bool {
    guard value.isFinite else { return false }
    return switch self {
    case .finite: true
    case .positive: value > 0
    case .clippingNorm: value >= 1e-30 && value <= 1e30
    case .noiseMultiplier: value >= 1e-6 && value <= 1e12
    case .openUnit: value > 0 && value < 1
    case .rate: value > 0 && value <= 1
    case .momentum: value >= 0 && value < 1
    case .fraction: value >= 0 && value <= 1
    case .notNegative: value >= 0
    case .overSelection: value >= 1 && value <= 1000
    case .upTo(let limit): value > 0 && value <= Double(limit)
    case .floatFactor: value >= 1e-18 && value <= 1e18
    case .granularity: value >= 1e-8 && value <= 1e6
    case .repetitionShape: value >= 0 && value <= 100
    case .repetitionMean: value >= 1 && value <= 1000
    case .floatOffset: value.magnitude <= 1e18
    }
  }

  var description: String {
    switch self {
    case .finite: "a finite number"
    case .positive: "a finite number above 0"
    case .clippingNorm: "from 1e-30 to 1e30"
    case .noiseMultiplier: "from 1e-6 to 1e12"
    case .openUnit: "above 0 and below 1"
    case .rate: "above 0 and at most 1"
    case .momentum: "at least 0 and below 1"
    case .fraction: "from 0 to 1"
    case .notNegative: "a finite number, 0 or greater"
    case .overSelection: "from 1 to 1000"
    case .upTo(let limit): "above 0 and at most \(limit)"
    case .floatFactor: "from 1e-18 to 1e18"
    case .granularity: "from 1e-8 to 1e6"
    case .repetitionShape: "from 0 to 100"
    case .repetitionMean: "from 1 to 1000"
    case .floatOffset: "from -1e18 to 1e18"
    }
  }
}
