/// How often the package's statistical tests may cry wolf.
///
/// Every statistical test asks for a p-value above ``perCheck``. If the code is right, a p-value is
/// uniform, so by the union bound the seeds written in the tests make any of them fail with
/// probability at most ``total``. The seeds are fixed: a test that passes passes for ever, and one
/// that fails after a change of the stream is evidence against the change.
public enum AlarmBudget {
  /// The probability of a false alarm in all statistical tests together.
  public static let total = 1e-6
  /// No fewer than the p-values that all tests compare; raise it when tests outgrow it.
  public static let checks = 1000
  /// The smallest p-value that a single check lets pass: 1e-9, six standard deviations.
  public static let perCheck = total / Double(checks)
}
