internal import Accounting
internal import Randomness

extension TuningSettings {
  /// The setting of every run, of `settingCount` in all; none where there is no run. How many there are
  /// and which setting each has does not depend on the data.
  func drawnSettings(settingCount: Int, seed: UInt64) -> [Int] {
    var stream = RandomStream(StreamKey(seed: seed).child(.selection))
    let runs =
      switch repetitions {
      case .truncatedNegativeBinomial(let shape, let mean):
        stream.truncatedNegativeBinomial(
          shape: shape, logInverseGamma: logInverseGamma(shape: shape, mean: mean))
      case .poisson(let mean): stream.poisson(mean: mean)
      }
    return (0..<runs).map { _ in stream.uniformInteger(below: settingCount) }
  }

  private func logInverseGamma(shape: Double, mean: Double) -> Double {
    guard let law = try? TruncatedNegativeBinomial(shape: shape, mean: mean) else {
      preconditionFailure("the law is checked where it is read")
    }
    return law.logInverseGamma
  }
}
