import Randomness
import Testing
import _TestSupport

@testable import Analytics

struct HeldKeysTests {
  private let held = HeldKeys(["b", "c", "a", "c", "d", "b", "c", "e"])

  @Test func aUserWithFewKeysContributesAll() {
    for choice in KeyChoice.allCases {
      let key = StreamKey(seed: 1)
      #expect(
        held.contributed(atMost: 5, choosing: choice, from: key).sorted() == [
          "a", "b", "c", "d", "e",
        ])
      #expect(HeldKeys<String>([]).contributed(atMost: 1, choosing: choice, from: key) == [])
    }
  }

  @Test func theMostFrequentComeFirstAndTiesByKey() {
    for seed in 0..<5 {
      #expect(
        held.contributed(atMost: 4, choosing: .mostFrequent, from: StreamKey(seed: UInt64(seed)))
          == ["c", "b", "a", "d"])
    }
  }

  /// Each of the ten pairs of five keys is chosen equally often.
  @Test func chancePicksEverySetEquallyOften() {
    let draws = 5000
    var counts: [[String]: Int] = [:]
    for draw in 0..<draws {
      let chosen = held.contributed(
        atMost: 2, choosing: .atRandom, from: StreamKey(seed: 7).child(.client, UInt64(draw)))
      counts[chosen.sorted(), default: 0] += 1
    }
    #expect(counts.count == 10)
    let p = GoodnessOfFit.chiSquare(
      observed: Array(counts.values),
      expected: Array(repeating: Double(draws) / 10, count: 10))
    #expect(p > AlarmBudget.perCheck)
  }

  @Test func oneStreamGivesOneChoice() {
    let key = StreamKey(seed: 3)
    let first = held.contributed(atMost: 3, choosing: .atRandom, from: key)
    #expect(held.contributed(atMost: 3, choosing: .atRandom, from: key) == first)
    #expect(Set(first).count == 3)
  }
}
