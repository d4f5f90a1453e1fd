/// How runs of a mechanism are turned into a lower bound on epsilon.
public enum AuditMethod: String, CaseIterable, Hashable, Sendable {
  /// Error rates of many runs: ``ManyRunAudit/epsilonLowerBound(delta:confidence:)``.
  case clopperPearson = "clopper-pearson"
  /// Error rates of many runs, for what is known to be Gaussian: ``GaussianLowerBound``.
  case gaussianDP = "gaussian-dp"
  /// Guesses about the canaries of one run, or a few: ``OneRunAudit``.
  case oneRun = "one-run"
}
