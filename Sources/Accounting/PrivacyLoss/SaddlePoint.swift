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

  /// The one at which delta is about e^`logDelta`, or the one of epsilon 0 if delta is less there.
  ///
  /// Its epsilon is Chernoff's bound but for the last factor of the saddle point's estimate: the
  /// tilt makes that bound least, and need not be exact.
  static func at(logDelta: Double, cumulant: (Double) -> Cumulant) -> SaddlePoint {
    let (tilt, cumulant) = search(cumulant) { tilt, cumulant in
      let epsilon = stationaryEpsilon(tilt, cumulant)
      return epsilon >= 0 && logPrefactor(tilt, cumulant) - tilt * epsilon <= logDelta
    }
    let epsilon =
      (logPrefactor(tilt, cumulant) - logWidth(tilt, cumulant) - logDelta) / tilt
    return SaddlePoint(
      tilt: tilt, epsilon: max(0, epsilon), logDelta: logDelta, cumulant: cumulant)
  }

  /// The one whose epsilon is `epsilon`.
  static func at(epsilon: Double, cumulant: (Double) -> Cumulant) -> SaddlePoint {
    let (tilt, cumulant) = search(cumulant) { stationaryEpsilon($0, $1) >= epsilon }
    return SaddlePoint(
      tilt: tilt, epsilon: epsilon,
      logDelta: logPrefactor(tilt, cumulant) - logWidth(tilt, cumulant) - tilt * epsilon,
      cumulant: cumulant)
  }

  /// The epsilon that has its saddle point at the tilt.
  private static func stationaryEpsilon(_ tilt: Double, _ cumulant: Cumulant) -> Double {
    cumulant.mean - 1 / tilt - 1 / (1 + tilt)
  }

  private static func logPrefactor(_ tilt: Double, _ cumulant: Cumulant) -> Double {
    cumulant.value - log(tilt) - log1p(tilt)
  }

  private static func logWidth(_ tilt: Double, _ cumulant: Cumulant) -> Double {
    log(
      2 * .pi * (cumulant.variance + 1 / (tilt * tilt) + 1 / ((1 + tilt) * (1 + tilt)))) / 2
  }

  private static func search(
    _ cumulant: (Double) -> Cumulant, until isEnough: (Double, Cumulant) -> Bool
  ) -> (tilt: Double, cumulant: Cumulant) {
    let tilt = MonotoneSearch.bisect(0x1p-60...0x1p60, relativeTolerance: 2e-3) {
      isEnough($0, cumulant($0))
    }.above
    return (tilt, cumulant(tilt))
  }
}
