import Foundation

/// What is expected of the sum L of privacy losses, beyond a threshold t on the lattice.
enum LossPayoff {
  /// delta at epsilon = t: 1 - e^(t - L) for L > t.
  case delta
  /// P(L >= t).
  case truePositive
  /// Q(L >= t) e^t: e^(t - L) for L >= t.
  case falsePositive

  typealias Transform = (real: Double, imaginary: Double)

  /// The sum of payoff(j spacing) e^(i angle j) over j = 0, 1, 2, ..., under the tilt: geometric
  /// series. The angle is that of a frequency of the grid.
  func transform(atFrequency frequency: Int, grid: LossGrid) -> Transform {
    let angle = 2 * .pi * Double(frequency) / Double(grid.count)
    switch self {
    case .delta:
      // The difference of the two series, put over one denominator.
      let first = Self.denominator(decline: grid.tilt * grid.spacing, angle: angle)
      let second = Self.denominator(decline: (grid.tilt + 1) * grid.spacing, angle: angle)
      let product = (
        real: first.real * second.real - first.imaginary * second.imaginary,
        imaginary: first.real * second.imaginary + first.imaginary * second.real
      )
      let size = exp(-grid.tilt * grid.spacing) * -expm1(-grid.spacing)
      return Self.quotient(
        (real: size * cos(angle), imaginary: size * sin(angle)), product)
    case .truePositive:
      return Self.quotient(
        (real: 1, imaginary: 0), Self.denominator(decline: grid.tilt * grid.spacing, angle: angle))
    case .falsePositive:
      return Self.quotient(
        (real: 1, imaginary: 0),
        Self.denominator(decline: (grid.tilt + 1) * grid.spacing, angle: angle))
    }
  }

  /// The largest payoff under the tilt.
  func largest(tilt: Double) -> Double {
    switch self {
    case .delta: pow(tilt / (1 + tilt), tilt) / (1 + tilt)
    case .truePositive, .falsePositive: 1
    }
  }

  /// 1 - e^(-decline + i angle), without cancellation.
  private static func denominator(
    decline: Double, angle: Double
  ) -> (real: Double, imaginary: Double) {
    let size = exp(-decline)
    let half = sin(angle / 2)
    return (-expm1(-decline) + 2 * size * half * half, -size * sin(angle))
  }

  private static func quotient(
    _ a: (real: Double, imaginary: Double), _ b: (real: Double, imaginary: Double)
  ) -> (real: Double, imaginary: Double) {
    let norm = b.real * b.real + b.imaginary * b.imaginary
    return (
      (a.real * b.real + a.imaginary * b.imaginary) / norm,
      (a.imaginary * b.real - a.real * b.imaginary) / norm
    )
  }
}
