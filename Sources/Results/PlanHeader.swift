public import Foundation

/// The part of `plan.json` from which all the rest follows: the experiment's text, and whether its
/// smoke values apply.
public struct PlanHeader: Hashable, Decodable, Sendable {
  public let source: String
  public let smoke: Bool

  public init(of plan: Data) throws(ResultsError) {
    self = try CanonicalJSON.decode(PlanHeader.self, from: plan, file: "plan.json")
  }
}
