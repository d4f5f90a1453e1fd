import Testing

@testable import SecureAggregation

@Suite struct SecretSharingTests {
  private struct Shared: Decodable {
    struct Polynomial: Decodable {
      let coefficients: [UInt64]
      let points: [UInt64]
      let values: [UInt64]
    }

    let polynomials: [Polynomial]
  }

  @Test func valuesAndSecretsAgreeWithAnotherImplementation() throws {
    for case let given in try reference("secret_sharing.json", as: Shared.self).polynomials {
      func elements(_ values: [UInt64]) -> [MersenneElement<61>] {
        values.map { MersenneElement(exactly: $0)! }
      }
      let coefficients = elements(given.coefficients)
      let (points, values) = (elements(given.points), elements(given.values))
      let polynomial = SharingPolynomial(coefficients: coefficients)
      #expect(points.map(polynomial.value(at:)) == values)
      for start in 0...(points.count - coefficients.count) {
        let part = start..<(start + coefficients.count)
        let weights = ReconstructionWeights(points: Array(points[part]))
        #expect(weights.secret(of: Array(values[part])) == coefficients[0])
      }
    }
  }

  /// All 343 polynomials of threshold 3 over the integers modulo 7: whatever two shares hold, each of
  /// the seven secrets has exactly one polynomial with these shares.
  @Test func fewerSharesThanTheThresholdSayNothing() {
    let elements = (0..<7).map { MersenneElement<3>(exactly: $0)! }
    let points = elements.dropFirst()
    for first in points {
      for second in points where second.value > first.value {
        var secrets: [[UInt64]: [UInt64]] = [:]
        for secret in elements {
          for linear in elements {
            for quadratic in elements {
              let polynomial = SharingPolynomial(coefficients: [secret, linear, quadratic])
              let seen = [polynomial.value(at: first).value, polynomial.value(at: second).value]
              secrets[seen, default: []].append(secret.value)
            }
          }
        }
        #expect(secrets.count == 49)
        #expect(secrets.values.allSatisfy { $0.sorted() == [0, 1, 2, 3, 4, 5, 6] })
      }
    }
  }

  /// The same polynomials: any three shares restore the secret.
  @Test func asManySharesAsTheThresholdRestoreTheSecret() {
    let elements = (0..<7).map { MersenneElement<3>(exactly: $0)! }
    for points in [[1, 2, 3], [6, 1, 4], [2, 5, 6]] {
      let points = points.map { elements[$0] }
      let weights = ReconstructionWeights(points: points)
      for secret in elements {
        for linear in elements {
          for quadratic in elements {
            let polynomial = SharingPolynomial(coefficients: [secret, linear, quadratic])
            #expect(weights.secret(of: points.map(polynomial.value(at:))) == secret)
          }
        }
      }
    }
  }
}
