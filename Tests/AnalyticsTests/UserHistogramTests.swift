import Foundation
import Testing

@testable import Analytics

struct UserHistogramTests {
  /// The largest that a user's contribution can be, reached up to the grid by every user with a unit norm
  /// and by users with as many keys as they may have otherwise.
  @Test(arguments: KeyWeight.allCases, [1, 2, 7, 100])
  func oneUserMovesTheCountsByAtMostTheNorm(weights: KeyWeight, keysPerUser: Int) {
    let limit = ContributionLimit(keysPerUser: keysPerUser, weights: weights)
    #expect(limit.norm == Double(keysPerUser).squareRoot())
    for keyCount in 1...keysPerUser {
      var histogram = UserHistogram<Int>(limit: limit)
      histogram.add(userWith: Array(0..<keyCount))
      let counts = histogram.counts
      #expect(counts.count == keyCount)
      let squares = counts.values.reduce(0) { $0 + $1 * $1 }
      #expect(squares <= Double(keysPerUser))
      switch weights {
      case .one: #expect(counts.values.allSatisfy { $0 == 1 })
      case .unitNorm: #expect(squares.squareRoot() > limit.norm * (1 - 0x1p-18))
      }
    }
  }

  @Test func aUserWithoutKeysMovesNothing() {
    for weights in KeyWeight.allCases {
      var histogram = UserHistogram<Int>(limit: ContributionLimit(keysPerUser: 3, weights: weights))
      histogram.add(userWith: [])
      let counts = histogram.counts
      #expect(counts.isEmpty)
    }
  }

  @Test func sumsDoNotDependOnTheOrderOfUsers() {
    let users = (1...200).map { user in (0..<(user % 13 + 1)).map { $0 * user % 40 } }
      .map { Array(Set($0)).sorted() }
    func counts(_ users: [[Int]]) -> [Int: Double] {
      var histogram = UserHistogram<Int>(
        limit: ContributionLimit(keysPerUser: 13, weights: .unitNorm))
      for keys in users { histogram.add(userWith: keys) }
      return histogram.counts
    }
    #expect(counts(users) == counts(users.reversed()))
  }

  @Test func withoutALimitUsersCountOneForEachOfTheirKeys() {
    var histogram = UserHistogram<String>(limit: nil)
    histogram.add(userWith: ["a", "b", "c"])
    histogram.add(userWith: ["b"])
    let counts = histogram.counts
    #expect(counts == ["a": 1, "b": 2, "c": 1])
  }

  @Test func moreKeysThanAllowedStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      var histogram = UserHistogram<Int>(limit: ContributionLimit(keysPerUser: 2))
      histogram.add(userWith: [1, 2, 3])
    }
  }

  @Test func aKeyCountsOnceForAUser() async {
    await #expect(processExitsWith: .failure) {
      var histogram = UserHistogram<Int>(limit: ContributionLimit(keysPerUser: 2))
      histogram.add(userWith: [1, 1])
    }
  }
}
