import SpecialMath

/// How many of some independent trials succeed.
struct BinomialLaw {
  /// Of 0, 1, 2, ... successes.
  let logProbabilities: [Double]

  /// Logarithms of the two probabilities of a trial, so that neither loses digits near 0 or 1.
  init(trials: Int, logSuccess: Double, logFailure: Double) {
    logProbabilities = LogBinomialRow(trials).enumerated().map { successes, logCount in
      let failures = trials - successes
      return logCount + (successes == 0 ? 0 : Double(successes) * logSuccess)
        + (failures == 0 ? 0 : Double(failures) * logFailure)
    }
  }
}
