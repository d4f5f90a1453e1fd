internal import Foundation

/// The names of a plan's trials, in a canonical document.
struct RecordedTrials: Decodable {
  let names: Set<String>

  /// Nil of a document that is no plan.
  init?(of plan: Data) {
    guard let trials = try? CanonicalJSON.decode(RecordedTrials.self, from: plan, file: "plan.json")
    else { return nil }
    self = trials
  }

  private enum CodingKeys: String, CodingKey {
    case trials
  }

  private struct Trial: Decodable {
    let trial: String
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    names = Set(try fields.decode([Trial].self, forKey: .trials).map(\.trial))
  }
}
