import Randomness
import Testing
import _TestSupport

@testable import Analytics

struct HeldKeysTests {
  private let held = HeldKeys(["b", "c", "a", "c", "d", "b", "c", "e"])

  private func contributed(
    _ limit: Int, _ choice: KeyChoice, from key: StreamKey
  ) -> [String] {
    var stream = RandomStream(key)
    return held.contributed(atMost: limit, choosing: choice, from: &stream)
  }

  @Test func aUserWithFewKeysContributesAll() {
    for choice in KeyChoice.allCases {
      let all = contributed(5, choice, from: StreamKey(seed: 1))
      #expect(all.sorted() == ["a", "b", "c", "d", "e"])
      var stream = RandomStream(StreamKey(seed: 1))
      #expect(
        HeldKeys<String>([]).contributed(atMost: 1, choosing: choice, from: &stream) == [])
    }
  }

  @Test func theMostFrequentComeFirstAndTiesByKey() {
    for seed in 0..<5 {
      #expect(
        contributed(4, .mostFrequent, from: StreamKey(seed: UInt64(seed))) == ["c", "b", "a", "d"])
    }
  }

  /// Each of the ten pairs of five keys is chosen equally often.
  @Test func chancePicksEverySetEquallyOften() {
    let draws = 5000
    var counts: [[String]: Int] = [:]
    for draw in 0..<draws {
      let chosen = contributed(
        2, .atRandom, from: StreamKey(seed: 7).child(.client, UInt64(draw)))
      counts[chosen.sorted(), default: 0] += 1
    }
    #expect(counts.count == 10)
    let p = GoodnessOfFit.chiSquare(
      observed: Array(counts.values),
      expected: Array(repeating: Double(draws) / 10, count: 10))
    #expect(p > AlarmBudget.perCheck)
  }

  @Test func oneStreamGivesOneChoice() {
    let first = contributed(3, .atRandom, from: StreamKey(seed: 3))
    #expect(contributed(3, .atRandom, from: StreamKey(seed: 3)) == first)
    #expect(Set(first).count == 3)
  }
}
