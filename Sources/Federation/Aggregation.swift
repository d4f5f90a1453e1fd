/// How the server makes one model of many (phase 3).
public enum Aggregation: Hashable, Sendable {
  /// Every client weighs the same: the server adds the mean of the clients' updates.
  case mean

  /// A client with `n` examples weighs `min(n, cap)`: FedAvg (McMahan et al. 2017, algorithm 1) as long
  /// as `cap` cuts nobody.
  ///
  /// How many examples a client holds is private, so its update is scaled by `min(n, cap) / cap`, at
  /// most 1, before it is clipped: nobody moves the sum by more than the clipping norm. The server
  /// divides by the expected cohort size and by `expected / cap`; `expected`, what `min(n, cap)` is
  /// thought to be on average, is public, above 0 and at most `cap`.
  case weightedByExamples(cap: Int, expected: Double)

  /// In (0, 1].
  func weight(exampleCount: Int) -> Float {
    switch self {
    case .mean: 1
    case .weightedByExamples(let cap, _): Float(min(exampleCount, cap)) / Float(cap)
    }
  }

  /// What the mean of weighted updates is multiplied with: a public constant.
  var scale: Double {
    switch self {
    case .mean:
      return 1
    case .weightedByExamples(let cap, let expected):
      precondition(
        cap > 0 && expected > 0 && expected <= Double(cap),
        "the expected number of examples is above 0 and at most the cap")
      return Double(cap) / expected
    }
  }
}
