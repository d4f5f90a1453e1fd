/// SCAFFOLD (Karimireddy et al. 2020, algorithm 1, option II): every client `i` keeps a control variate
/// `c_i`, an estimate of its own gradient, and the server one `c` of everybody's. A local step goes
/// along `-(gradient - c_i + c)`, so that clients with different data do not drift apart.
///
/// After `K` steps at the local rate `r` from the model `x` to `y`, the client's control variate
/// becomes `c_i - c + (x - y) / (K r)`, and the client sends both changes. The server adds
/// `1 / unitCount` times the sum of the control variates' changes to `c`: all start at 0.
///
/// **Privacy.** The change of the model and `scale` times the change of the control variate are *one*
/// contribution of twice as many elements. It is clipped to one norm, noised once and charged as one
/// release, and the server divides by public constants alone, so `c` is made of releases like the model.
/// What a client keeps stays with it, and makes its contributions depend on rounds that it took part in
/// before. Take as given who else takes part when, which is none of this client's doing where everyone
/// has a coin of their own, all take part, or turns are public. Then what the others contribute follows
/// from the releases so far, and what this client does is some vector of at most the clipping norm,
/// random through its own past but not through its next coin. By joint convexity of the hockey-stick and
/// Renyi divergences the next release is dominated by the one that a constant vector of that norm
/// would move, conditionally on all before, so the rounds compose adaptively at the price of clients
/// without memory. Averaging over the others' coins keeps it, by joint convexity again. For cohorts of
/// fixed size this does not follow: who is in one says who is not.
///
/// Noise and clipping enter `c` for good, since clients send changes: noise in it adds up from round to
/// round.
public struct ControlVariates: Hashable, Sendable {
  /// What multiplies the changes of control variates in a contribution; positive, and 1 in the paper.
  ///
  /// It decides how the clipping norm is shared. The change of the model is some `K r` times as long as
  /// that of the control variate.
  public let scale: Double

  public init(scale: Double = 1) {
    precondition(scale > 0 && scale.isFinite, "a scale is positive")
    self.scale = scale
  }
}

/// The server's control variate of one model. It is made of releases alone.
public struct ServerControlVariate: Sendable {
  private(set) var value: [Float]
  private let factor: Double

  /// - Parameter unitCount: how many clients the plan declares.
  public init(_ settings: ControlVariates, unitCount: Int, parameterCount: Int) {
    precondition(unitCount > 0, "a plan declares at least one client")
    value = [Float](repeating: 0, count: parameterCount)
    factor = 1 / (Double(unitCount) * settings.scale)
  }

  /// Adds the released mean of the clients' changes, over the public expected cohort.
  mutating func follow(_ mean: ArraySlice<Float>, expectedCohortSize: Double) {
    let rate = Float(expectedCohortSize * factor)
    for (place, change) in zip(value.indices, mean) { value[place] += rate * change }
  }
}
