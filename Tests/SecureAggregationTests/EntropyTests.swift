import Randomness
import Testing
import _TestSupport

@testable import SecureAggregation

@Suite struct EntropyTests {
  @Test func simulatedEntropyIsRepeatedAndNobodySharesIt() {
    func drawn(_ entropy: Entropy) -> [UInt8] {
      var source = entropy.makeSource()
      return source.bytes(32)
    }
    let entropy = Entropy.simulated(StreamKey(seed: 21))
    let other = Entropy.simulated(StreamKey(seed: 22))
    var seen: Set<[UInt8]> = []
    for branch in [
      entropy.client(1), entropy.client(2), entropy.identity(of: 1), entropy.session,
      other.client(1), Entropy.system, Entropy.system.client(1), Entropy.system.client(1),
    ] {
      #expect(seen.insert(drawn(branch)).inserted)
    }
    #expect(drawn(entropy.client(1)) == drawn(Entropy.simulated(StreamKey(seed: 21)).client(1)))
    #expect(SessionID() != SessionID())
    #expect(SessionID(entropy: entropy) == SessionID(entropy: entropy))
  }

  @Test func elementsAreUniform() {
    var source = Entropy.simulated(StreamKey(seed: 23)).makeSource()
    var counts = [Int](repeating: 0, count: 31)
    for _ in 0..<31_000 {
      let element: MersenneElement<5> = source.element()
      counts[Int(element.value)] += 1
    }
    let expected = [Double](repeating: 1000, count: 31)
    #expect(GoodnessOfFit.chiSquare(observed: counts, expected: expected) > AlarmBudget.perCheck)
  }
}
