import Testing

@testable import Experiments

@Suite struct NearestNameTests {
  /// Distances by hand: one letter lost, swapped (two substitutions), added; three or more is too far
  /// for short names.
  @Test(arguments: [
    ("sed", "seed"), ("nosie", "noise"), ("rounds_", "rounds"), ("xyz", nil), ("", nil),
    ("local_lerning_rat", "local_learning_rate"),
  ])
  func theNearestIsFoundIfItIsNear(name: String, nearest: String?) {
    #expect(
      nearestName(to: name, among: ["seed", "noise", "rounds", "local_learning_rate"]) == nearest)
  }

  @Test func withoutCandidatesThereIsNone() {
    #expect(nearestName(to: "a", among: []) == nil)
  }
}
