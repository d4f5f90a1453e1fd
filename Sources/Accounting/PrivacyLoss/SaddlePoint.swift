import Foundation
import SpecialMath

/// An estimate of delta(epsilon) = E[(1 - e^(epsilon - L))+] for a sum L of privacy losses with the
/// cumulant K, from the saddle point of its inversion integral
///
///     1 / (2 pi i) integral of e^(K(z) - z epsilon) / (z (1 + z)) dz
///
/// over a vertical line (Alghamdi et al. 2023, "The saddle-point method in differential privacy").
/// Its tilt is where the losses that make up delta are the likely ones. Bounds do not rest on it.
struct SaddlePoint {
  let tilt: Double
  let epsilon: Double
  let logDelta: Double
  /// The cumulant of the whole composition at the tilt.
  let cumulant: Cumulant

  private init(tilt: Double, cumulant: Cumulant) {
    self.tilt = tilt
    self.cumulant = cumulant
    epsilon = cumulant.mean - 1 / tilt - 1 / (1 + tilt)
    let curvature =
      cumulant.variance + 1 / (tilt * tilt) + 1 / ((1 + tilt) * (1 + tilt))
    logDelta =
      cumulant.value - tilt * epsilon - log(tilt) - log1p(tilt) - log(2 * .pi * curvature) / 2
  }

  /// The one at which delta is estimated as e^`logDelta`, or the one of epsilon 0 if delta is less
  /// there.
  static func at(logDelta: Double, cumulant: (Double) -> Cumulant) -> SaddlePoint {
    search(cumulant) { $0.logDelta <= logDelta && $0.epsilon >= 0 }
  }

  /// The one whose epsilon is `epsilon`.
  static func at(epsilon: Double, cumulant: (Double) -> Cumulant) -> SaddlePoint {
    search(cumulant) { $0.epsilon >= epsilon }
  }

  private static func search(
    _ cumulant: (Double) -> Cumulant, until isEnough: (SaddlePoint) -> Bool
  ) -> SaddlePoint {
    func point(_ tilt: Double) -> SaddlePoint {
      SaddlePoint(tilt: tilt, cumulant: cumulant(tilt))
    }
    let tilt = MonotoneSearch.bisect(0x1p-60...0x1p60, relativeTolerance: 0.03) {
      isEnough(point($0))
    }.above
    return point(tilt)
  }
}
