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
/// What a client keeps stays with it. It makes its contributions depend on the rounds before, but given
/// the releases so far nobody else's do: whatever a client contributes is a vector, perhaps a random
/// one, of at most the clipping norm. By joint convexity of the hockey-stick and Renyi divergences the
/// release is dominated by the one that a constant vector of that norm would move, conditionally on all
/// releases before. So the rounds compose adaptively, at the same price as without memory.
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
