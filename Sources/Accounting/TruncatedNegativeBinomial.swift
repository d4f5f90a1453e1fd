import Foundation
import SpecialMath

/// The parameter gamma of ``RepetitionLaw/truncatedNegativeBinomial(shape:mean:)``, from its mean.
///
/// With u = log(1 / gamma) and phi(x) = (e^x - 1) / x, phi(0) = 1, the mean of Papernot & Steinke 2022,
/// Definition 1 is, for every shape,
///
///     mean = phi(u) / phi(-shape u),
///
/// which is (1 - 1 / gamma) / log(gamma) at shape 0 and 1 / gamma at shape 1. It rises from 1 at u = 0.
public struct TruncatedNegativeBinomial: Hashable, Sendable {
  public let shape: Double
  public let mean: Double
  /// log(1 / gamma), rounded up: 0 at mean 1, and finite.
  public let logInverseGamma: Double

  /// Throws ``AccountingError`` unless `shape` is finite and greater than -1, and `mean` finite and 1
  /// or greater.
  public init(shape: Double, mean: Double) throws(AccountingError) {
    try RepetitionLaw.truncatedNegativeBinomial(shape: shape, mean: mean).validate()
    self.init(checkedShape: shape, mean: mean)
  }

  init(checkedShape shape: Double, mean: Double) {
    self.shape = shape
    self.mean = mean
    let target = log(mean)
    guard target > 0 else {
      logInverseGamma = 0
      return
    }
    func logMean(_ u: Double) -> Double { logPhi(u) - logPhi(-shape * u) }
    var above = 1.0
    while logMean(above) < target { above *= 2 }
    let root = MonotoneSearch.bisect(0...above, relativeTolerance: 1e-15) { logMean($0) >= target }
    // Both logarithms are accurate to about 1e-13, and shapes near -1 leave a small share of them.
    logInverseGamma = root.above * (1 + Self.slack * max(1, 1 / (1 + shape)))
  }

  private static let slack = 1e-12
}

/// log((e^x - 1) / x).
private func logPhi(_ x: Double) -> Double {
  if abs(x) < 0.02 { return x / 2 + x * x / 24 - x * x * x * x / 2880 }
  return x > 0 ? x + LogSpace.logOneMinusExp(-x) - log(x) : LogSpace.logOneMinusExp(x) - log(-x)
}
