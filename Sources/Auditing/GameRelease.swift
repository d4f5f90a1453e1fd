import Accounting
import Foundation
import Randomness

/// One release about a unit that contributes `shift`, and how much its outcome speaks for a contribution.
///
/// What is released is the part of the sum along the unit's contribution, to which nobody else adds.
enum GameRelease: Hashable {
  /// Sensitivity 1.
  case gaussian(standardDeviation: Double)
  /// Sensitivity 1.
  case laplace(scale: Double)
  case discreteGaussian(DiscreteGaussian, sensitivity: Int)
  case discreteLaplace(DiscreteLaplace, sensitivity: Int)
  case randomizedResponse(noiseParameter: Double, bucketCount: Int)

  /// What a unit contributes.
  enum Contribution: Hashable {
    /// The whole sensitivity, or the first bucket.
    case whole
    /// The opposite of that, or the second bucket.
    case opposite
    /// Nothing, or a random bucket.
    case nothing
  }

  /// An outcome; `standardNoise` is a standard normal number, which Gaussian noise is made of.
  func outcome(
    _ contribution: Contribution, standardNoise: Double, stream: inout RandomStream
  ) -> Double {
    switch self {
    case .gaussian(let deviation):
      return contribution.sign + deviation * standardNoise
    case .laplace(let scale):
      return contribution.sign + stream.laplace(scale: scale)
    case .discreteGaussian(let noise, let sensitivity):
      return Double(Int(contribution.sign) * sensitivity + noise.sample(from: &stream))
    case .discreteLaplace(let noise, let sensitivity):
      return Double(Int(contribution.sign) * sensitivity + noise.sample(from: &stream))
    case .randomizedResponse(let noiseParameter, let bucketCount):
      guard contribution != .nothing, !stream.bernoulli(noiseParameter) else {
        return Double(stream.uniformInteger(below: bucketCount))
      }
      return contribution == .whole ? 0 : 1
    }
  }

  /// The logarithm of how many times likelier the outcome is with the contribution than with nothing.
  func logRatio(_ outcome: Double, of contribution: Contribution) -> Double {
    guard contribution != .nothing else { return 0 }
    switch self {
    case .gaussian(let deviation):
      return (outcome * contribution.sign - 0.5) / (deviation * deviation)
    case .laplace(let scale):
      // Beyond the contribution it is constant. As a difference of absolute values it would round to numbers
      // that tell the two apart by their low bits: that is an attack on floating-point noise (Mironov, On
      // significance of the least significant bits for differential privacy, CCS 2012).
      return min(1, max(-1, 2 * outcome * contribution.sign - 1)) / scale
    case .discreteGaussian(let noise, let sensitivity):
      let distance = Double(sensitivity)
      return (outcome * contribution.sign * distance - distance * distance / 2)
        / noise.variance.value
    case .discreteLaplace(let noise, let sensitivity):
      return (abs(outcome) - abs(outcome - contribution.sign * Double(sensitivity)))
        / noise.scale.value
    case .randomizedResponse(let noiseParameter, let bucketCount):
      let isTrue = outcome == (contribution == .whole ? 0 : 1)
      return log(noiseParameter + (isTrue ? (1 - noiseParameter) * Double(bucketCount) : 0))
    }
  }

  var hasGaussianNoise: Bool { if case .gaussian = self { true } else { false } }
}

extension GameRelease.Contribution {
  fileprivate var sign: Double {
    switch self {
    case .whole: 1
    case .opposite: -1
    case .nothing: 0
    }
  }
}

extension RationalVariance {
  fileprivate var value: Double { Double(numerator) / Double(denominator) }
}
