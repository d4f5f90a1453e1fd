import Foundation
import SpecialMath

/// A sum that was released with Gaussian noise, to which one unit may have contributed.
public struct GaussianRelease: Hashable, Sendable {
  /// Of the noise, on the sum.
  public let standardDeviation: Double
  /// With which the unit is drawn, if it is there; in (0, 1].
  public let samplingRate: Double

  public init(standardDeviation: Double, samplingRate: Double) {
    precondition(standardDeviation > 0, "noise has a spread")
    precondition(samplingRate > 0 && samplingRate <= 1, "a sampling rate is in (0, 1]")
    self.standardDeviation = standardDeviation
    self.samplingRate = samplingRate
  }

  /// log(likelihood with the unit / likelihood without it) at what was released: the best that can be made of
  /// it (Neyman & Pearson 1933), where all else about the sum is known. Ratios of several releases add up.
  ///
  /// With the rate q, the contribution u and what is left of the sum s when all that is known is taken away,
  ///
  ///     log(1 - q + q exp((s.u - |u|^2 / 2) / deviation^2)).
  ///
  /// - Parameters:
  ///   - projection: s.u.
  ///   - squaredNorm: |u|^2.
  public func logLikelihoodRatio(projection: Double, squaredNorm: Double) -> Double {
    let drawn =
      (projection - squaredNorm / 2) / (standardDeviation * standardDeviation)
    guard samplingRate < 1 else { return drawn }
    return LogSpace.add(log1p(-samplingRate), log(samplingRate) + drawn)
  }
}
