import Foundation

/// The best of a random number of runs, of which nothing but its output is published.
struct SelectedRuns: Hashable {
  /// What happens in one run.
  let run: MechanismCounts
  let repetitions: RepetitionLaw

  /// The probability that there is a run at all, rounded down.
  var chanceOfRunning: Double {
    switch repetitions {
    case .truncatedNegativeBinomial: 1
    case .poisson(let mean): -expm1(-mean) * (1 - Self.slack)
    }
  }

  /// The largest privacy loss, rounded up; nil where one run does not limit it.
  ///
  /// It is (2 + shape) times that of one run (Papernot & Steinke 2022, Theorem 2 at orders infinity; the
  /// factor 3 of the geometric law is that of Liu & Talwar 2019), and with the Poisson law what their
  /// Theorem 6 says of order infinity, where the total variation of runs with such a loss is at most
  /// tanh(loss / 2).
  var pureEpsilon: Double? {
    guard let loss = run.pureEpsilon else { return nil }
    let price =
      switch repetitions {
      case .truncatedNegativeBinomial(let shape, _): (2 + shape) * loss
      case .poisson(let mean): loss + mean * tanh(loss / 2)
      }
    return price * (1 + Self.slack)
  }

  private static let slack = 1e-12
}
