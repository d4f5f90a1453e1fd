public import Accounting

/// Why there is no audit.
public enum AuditingError: Error, Hashable, Sendable {
  /// A score is not a number, as after a run that has diverged.
  case scoreIsNotANumber(index: Int)
  /// Scores and coins, of which there are not equally many, or none.
  case unequalCounts(scores: Int, coins: Int)
  /// Too few runs or canaries to say anything.
  case tooFew(what: String, given: Int, least: Int)
  /// Values that are all the same, to which no normal distribution fits.
  case noSpread
  /// An event of which runs cannot be simulated.
  case cannotPlay(UnplayableReason)
  /// An event that is not known to be Gaussian-differentially private, on which the other methods have bounds.
  case notGaussian
  /// A wrong number in a question about privacy cost.
  case privacy(AccountingError)
}

extension AuditingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .scoreIsNotANumber(let index):
      "score \(index), counted from 0, is not a number; an audit needs runs that did not diverge"
    case .unequalCounts(let scores, let coins):
      "there are \(scores) scores and \(coins) coins; an audit needs a coin for each score, and one canary "
        + "at least"
    case .tooFew(let what, let given, let least):
      "\(what): \(given) are too few; an audit needs \(least) or more"
    case .noSpread:
      "all values are the same, so no normal distribution fits them; use canaries that differ"
    case .cannotPlay(let reason): "runs cannot be simulated: \(reason)"
    case .notGaussian:
      "the method gaussian-dp is valid for Gaussian noise with full participation alone; use clopper-pearson or "
        + "one-run"
    case .privacy(let error): "\(error)"
    }
  }
}
