import Auditing
import Statistics
import Testing

/// Audits that must fire, and must not: each defect is looked for a hundred times in an engine that has
/// it, and as often in the engine as it is, in the same game.
@Suite struct BrokenEngineTests {
  /// The 800 audits of the sound engine together cry wolf with a probability of at most 8e-8.
  static let confidence = Confidence(1 - 1e-10)!
  static let seeds: Range<UInt64> = 501..<601

  @Test(arguments: Defect.allCases) func everyDefectIsCaughtEveryTime(defect: Defect) throws {
    let run = DistinguishingRun(defect: defect, isBroken: true)
    let claimed = try run.claimedEpsilon()
    let bounds = try Self.seeds.map {
      try run.epsilonLowerBound(seed: $0, confidence: Self.confidence)
    }
    #expect(bounds.count { $0 > claimed } == bounds.count, "\(claimed), \(bounds.min()!)")
    print("TABLE", defect, "broken", run.delta, claimed, bounds.min()!, bounds.max()!)
  }

  @Test(arguments: Defect.allCases) func theSoundEngineIsNeverCaught(defect: Defect) throws {
    let run = DistinguishingRun(defect: defect, isBroken: false)
    let claimed = try run.claimedEpsilon()
    let bounds = try Self.seeds.map {
      try run.epsilonLowerBound(seed: $0, confidence: Self.confidence)
    }
    #expect(bounds.count { $0 > claimed } == 0, "\(claimed), \(bounds.max()!)")
    print("TABLE", defect, "sound", run.delta, claimed, bounds.min()!, bounds.max()!)
  }

  /// No ledger shows a defect.
  @Test(arguments: Defect.allCases) func theClaimIsTheSame(defect: Defect) throws {
    let claims = try [false, true].map {
      try DistinguishingRun(defect: defect, isBroken: $0).claimedEpsilon()
    }
    #expect(claims[0] == claims[1])
    #expect(claims[0] > 0)
  }
}
