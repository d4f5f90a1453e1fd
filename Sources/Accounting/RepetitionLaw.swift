/// The law of how many times a run is repeated before the best of its outputs is published: a random
/// number that does not depend on the data and is not published either.
///
/// The best of a fixed number of runs costs, in the worst case, a multiple that grows with it; with these
/// laws it grows with the logarithm of the mean, or not at all (Papernot & Steinke 2022).
public enum RepetitionLaw: Hashable, Sendable {
  /// K runs, K = 1, 2, ..., with probability proportional to
  /// (1 - gamma)^K times the product of (shape + l) / (l + 1) over l < K (Papernot & Steinke 2022,
  /// Definition 1). Shape 1 is the geometric law, shape 0 the logarithmic one.
  ///
  /// `shape`, usually called eta, is finite and greater than -1. `mean`, finite and 1 or greater,
  /// determines gamma; at 1 there is always one run.
  case truncatedNegativeBinomial(shape: Double, mean: Double)

  /// K runs, K = 0, 1, ..., by the Poisson law. With none, nothing is published, and that shows.
  ///
  /// `mean` is finite and greater than 0.
  case poisson(mean: Double)

  /// Throws ``AccountingError`` naming the first number that is out of range.
  public func validate() throws(AccountingError) {
    switch self {
    case .truncatedNegativeBinomial(let shape, let mean):
      try NumberRange.repetitionShape.check(shape, argument: "shape")
      try NumberRange.oneOrMore.check(mean, argument: "mean")
    case .poisson(let mean):
      try NumberRange.positive.check(mean, argument: "mean")
    }
  }
}

/// Tagged by `kind`, as in `{"kind": "truncated_negative_binomial", "shape": 0, "mean": 10}` and
/// `{"kind": "poisson", "mean": 10}`. Decoding an event checks the numbers.
extension RepetitionLaw: Codable {
  private enum Kind: String, Codable {
    case truncatedNegativeBinomial = "truncated_negative_binomial"
    case poisson
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case shape
    case mean
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let mean = try fields.decode(Double.self, forKey: .mean)
    switch try fields.decode(Kind.self, forKey: .kind) {
    case .truncatedNegativeBinomial:
      self = .truncatedNegativeBinomial(
        shape: try fields.decode(Double.self, forKey: .shape), mean: mean)
    case .poisson:
      self = .poisson(mean: mean)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .truncatedNegativeBinomial(let shape, let mean):
      try fields.encode(Kind.truncatedNegativeBinomial, forKey: .kind)
      try fields.encode(shape, forKey: .shape)
      try fields.encode(mean, forKey: .mean)
    case .poisson(let mean):
      try fields.encode(Kind.poisson, forKey: .kind)
      try fields.encode(mean, forKey: .mean)
    }
  }
}
