import SpecialMath
import Testing

@Suite struct MonotoneSearchTests {
  @Test(arguments: [0.0, 1e-200, 1e-9, 0.5, 1, 3, 1e12, 1e300])
  func bisectionBracketsTheTurn(turn: Double) {
    let (below, above) = MonotoneSearch.bisect(0...1e301, relativeTolerance: 1e-12) { $0 > turn }
    #expect(below <= turn)
    #expect(above > turn)
    #expect(above - below <= 1e-12 * above || below == 0)
  }

  @Test func bisectionEndsAtNeighbors() {
    let (below, above) = MonotoneSearch.bisect(1...2, relativeTolerance: 0) { $0 * $0 >= 2 }
    #expect(below * below < 2)
    #expect(above == below.nextUp)
  }

  @Test func bisectionTakesFewStepsOverManyDecades() {
    var steps = 0
    _ = MonotoneSearch.bisect(0...1e300, relativeTolerance: 1e-12) {
      steps += 1
      return $0 > 1e-5
    }
    #expect(steps < 120)
  }

  @Test func bisectionPassesErrorsOn() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try MonotoneSearch.bisect(0...1, relativeTolerance: 0.1) { _ throws(Refusal) in
        throw Refusal()
      }
    }
  }

  @Test(arguments: 0..<17)
  func argminFindsTheBottom(of bottom: Int) {
    let index = MonotoneSearch.argmin(0..<17) { abs(Double($0 - bottom)) }
    #expect(index == bottom)
  }

  @Test func argminTakesInfinityForHigh() {
    #expect(MonotoneSearch.argmin(0..<100) { $0 > 3 ? .infinity : Double(5 - $0) } == 3)
  }
}
