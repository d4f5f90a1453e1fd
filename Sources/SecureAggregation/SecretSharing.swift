/// Threshold secret sharing over a Mersenne field (Shamir, How to share a secret, CACM 1979): the secret
/// is the value at 0 of a random polynomial of degree `threshold - 1`, a share its value elsewhere.
/// `threshold` shares determine the polynomial; fewer are consistent with every secret, equally often.
struct SharingPolynomial<let exponent: Int> {
  /// The constant first.
  let coefficients: [MersenneElement<exponent>]

  /// - Parameter coefficients: The secret, then `threshold - 1` uniform ones.
  init(coefficients: [MersenneElement<exponent>]) { self.coefficients = coefficients }

  init(
    secret: MersenneElement<exponent>, threshold: Int, entropy: inout EntropySource
  ) {
    coefficients = [secret] + (1..<threshold).map { _ in entropy.element() }
  }

  func value(at point: MersenneElement<exponent>) -> MersenneElement<exponent> {
    coefficients.reversed().reduce(.zero) { $0 * point + $1 }
  }
}

/// Lagrange's weights of the value at 0: the same for all polynomials shared at the same points.
struct ReconstructionWeights<let exponent: Int> {
  private let weights: [MersenneElement<exponent>]

  /// - Parameter points: Distinct, none of them 0.
  init(points: [MersenneElement<exponent>]) {
    weights = points.map { point in
      var numerator = MersenneElement<exponent>.one
      var denominator = MersenneElement<exponent>.one
      for other in points where other != point {
        numerator = numerator * other
        denominator = denominator * (other - point)
      }
      return numerator * denominator.inverse
    }
  }

  /// The value at 0 of the polynomial with these values at the points, in their order.
  func secret(of shares: [MersenneElement<exponent>]) -> MersenneElement<exponent> {
    zip(weights, shares).reduce(.zero) { $0 + $1.0 * $1.1 }
  }
}
