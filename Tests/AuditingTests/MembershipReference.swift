import Foundation

@testable import Auditing

/// `Reference/membership.json`, which says with what tools and by which call it was made.
struct MembershipReference: Decodable {
  struct Curve: Decodable {
    let members: [Double]
    let others: [Double]
    let fpr: [Double]
    let tpr: [Double]
    let area: Double
    let balanced: Double
    let rates: [Double]
    let tprAt: [Double]
  }

  /// Of the likelihood-ratio attack.
  struct Ratios: Decodable {
    let values: [[Double]]
    let coins: [[Bool]]
    let perExample: [[Double]]
    let pooled: [[Double]]

    func scores(_ variance: LikelihoodRatioAttack.Variance) -> [[Double]] {
      switch variance {
      case .perExample: perExample
      case .pooled: pooled
      }
    }
  }

  let curves: [Curve]
  let ratios: Ratios

  static func read() throws -> MembershipReference {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/membership.json")
    return try JSONDecoder().decode(MembershipReference.self, from: Data(contentsOf: file))
  }
}
