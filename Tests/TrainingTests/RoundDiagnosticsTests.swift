import Accounting
import Mechanisms
import Randomness
import Testing

@testable import Training

@Suite struct RoundDiagnosticsTests {
  @Test func anEmptyCohortHasNoMeans() {
    let diagnostics = RoundDiagnostics(cohortSize: 0)
    #expect(diagnostics.clippedFraction == nil)
    #expect(diagnostics.meanUpdateNorm == nil)
  }

  @Test func theMeansAreOverTheCohort() {
    var sum = GaussianMechanism(clippingNorm: 2, noiseMultiplier: 1).makeSum(dimension: 2)
    var diagnostics = RoundDiagnostics(cohortSize: 4)
    for update in [[3, 4], [0, 1], [0, 0], [-6, 8]] as [[Float]] {
      diagnostics.note(sum.add(clipping: update))
    }
    #expect(diagnostics.clippedCount == 2)
    #expect(diagnostics.clippedFraction == 0.5)
    #expect(diagnostics.meanUpdateNorm == 4)
  }
}
